import { readdirSync } from 'node:fs';
import { runnerImport } from 'vite';

// node scripts/bench.mjs [part of a file name ...]
const wanted = process.argv.slice(2);
const files = readdirSync('bench')
  .filter((name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort();
if (files.length === 0) {
  console.error(wanted.length > 0 ? `No file in bench/ has ${wanted.join(' or ')} in its name.` : 'bench/ holds no *.bench.ts.');
  process.exit(1);
}

/** @typedef {import('./Bench.js').Bench} Bench */
const { module: runner } = await runnerImport('./scripts/runBench.ts');
const { runBench } = /** @type {typeof import('./runBench.js')} */ (runner);

for (const file of files) {
  const { module } = await runnerImport(`./bench/${file}`);
  const bench = /** @type {{ default: Bench }} */ (module).default;
  console.log(`\n${bench.title}`);
  for (const { contender, medianMs, ratio } of await runBench(bench)) {
    console.log(`  ${contender.padEnd(28)} ${medianMs.toFixed(3).padStart(10)} ms  ${ratio.toFixed(2).padStart(7)} x`);
  }
}
// An engine that a contender loaded may hold the process open.
process.exit();
