import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { drawRatios } from './drawRatios.mjs';

// node scripts/benchReport.mjs results.jsonl ...: writes the lines of `npm run bench -- NAME --json` into docs/benchmarks.md, as a table
// for each bench and one chart of all ratios. A bench that is not among them keeps what it has.
const PAGE = 'docs/benchmarks.md';
const CHART = 'docs/images/benchmarks.svg';

/** @typedef {import('./runBench.js').BenchLine} BenchLine */
const { positionals } = parseArgs({ allowPositionals: true });
const texts = await Promise.all(positionals.map((file) => readFile(file, 'utf8')));
/** @type {BenchLine[]} */
const lines = texts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
if (lines.length === 0) {
  console.error('Name files with lines of `npm run bench -- NAME --json`.');
  process.exit(1);
}

let page = await readFile(PAGE, 'utf8');
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads; ${process.platform} ${release()} ${process.arch}; Node ${process.versions.node}`;
for (const name of new Set(lines.map(({ bench }) => bench))) {
  const own = lines.filter(({ bench }) => bench === name);
  page = replacePart(page, name, `${table(own)}\n\n<small>${machine}</small>`);
}
await writeFile(PAGE, page);
await mkdir('docs/images', { recursive: true });
await writeFile(CHART, drawRatios(readRows(page)));
console.log(`${PAGE} and ${CHART} hold ${lines.length} results.`);

/**
 * @param {string} text
 * @param {string} name
 * @param {string} content
 */
function replacePart(text, name, content) {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`${PAGE} has no place for the bench ${name}: add ${begin} and ${end}.`);
  return `${text.slice(0, start + begin.length)}\n${content}\n${text.slice(stop)}`;
}

/** @param {readonly BenchLine[]} own */
function table(own) {
  const rows = own.map(({ case: title, ours, peer, ratio, unit, note }) => `| ${title} | ${number(ours)} | ${peer === null ? '' : number(peer)} | ${unit} | ${ratio === null ? '' : `${ratio.toFixed(2)}×`} | ${(note ?? '').replaceAll('|', '\\|')} |`);
  return ['| case | ours | peer | unit | ratio | note |', '|---|---:|---:|---|---:|---|', ...rows].join('\n');
}

/** @param {number} value */
function number(value) {
  return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6 ? String(value) : String(Number(value.toPrecision(3)));
}

/**
 * Every row of the page that has a ratio.
 *
 * @param {string} text
 */
function readRows(text) {
  return [...text.matchAll(/<!-- bench:([\w-]+) -->([\s\S]*?)<!-- \/bench/g)].flatMap(([, name = '', part = '']) =>
    [...part.matchAll(/^\| (.+?) \| [^|]*\| [^|]*\| [^|]*\| ([\d.]+)× \|/gm)].map(([, title = '', ratio = '']) => ({ name, title, ratio: Number(ratio) })),
  );
}
