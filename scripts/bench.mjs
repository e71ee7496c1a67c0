import { readdirSync, readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { printWaterfall } from './printWaterfall.mjs';

// node scripts/bench.mjs [name, or part of one ...] [--json] [--quick]; a bench that takes long looks for --quick itself.
const { positionals: wanted, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } });
const known = readdirSync('bench')
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort();
// A whole name means that bench alone, though other names may contain it.
const names = known.filter((name) => wanted.length === 0 || wanted.some((part) => name === part || (!known.includes(part) && name.includes(part))));
if (names.length === 0) {
  console.error(`No bench has ${wanted.join(' or ')} in its name. There are: ${known.join(', ')}.`);
  process.exit(1);
}

/** @typedef {import('./Bench.js').Bench} Bench */
/** @typedef {import('./runBench.js').BenchLine} BenchLine */
const { module: runner } = await runnerImport('./scripts/runBench.ts');
const { runBench } = /** @type {typeof import('./runBench.js')} */ (runner);

// With --json standard output holds nothing but results.
const say = values.json ? console.error : console.log;
say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads; ${process.platform} ${release()} ${process.arch}; Node ${process.versions.node}, V8 ${process.versions.v8}`);

let failed = false;
for (const name of names) {
  try {
    const { module } = await runnerImport(`./bench/${name}.bench.ts`);
    const bench = /** @type {{ default: Bench }} */ (module).default;
    say(`\n${name}: ${bench.title}`);
    for (const peer of bench.peers ?? []) say(`  beside ${peer} ${versionOf(peer)}`);
    for await (const line of runBench(name, bench)) {
      console.log(values.json ? JSON.stringify(line) : inWords(line));
      if (line.spans && !values.json) console.log(printWaterfall(line.spans));
    }
  } catch (error) {
    console.error(`The bench ${name} failed:`, error);
    failed = true;
  }
}
// An engine that a contender loaded may hold the process open.
process.exit(failed ? 1 : 0);

/** @param {string} peer */
function versionOf(peer) {
  return /** @type {{ version: string }} */ (JSON.parse(readFileSync(`node_modules/${peer}/package.json`, 'utf8'))).version;
}

/** @param {BenchLine} line */
function inWords({ case: title, ours, peer, ratio, unit, note }) {
  const figures = [`${number(ours)} ${unit}`, peer === null ? '' : `peer ${number(peer)} ${unit}`, ratio === null ? '' : `${ratio.toFixed(3)} x`];
  return `  ${title.padEnd(44)} ${figures.map((text) => text.padEnd(20)).join(' ')} ${note ?? ''}`.trimEnd();
}

/** @param {number} value */
function number(value) {
  return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6 ? String(value) : String(Number(value.toPrecision(4)));
}
