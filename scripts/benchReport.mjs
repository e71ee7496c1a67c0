import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { drawRatios } from './drawRatios.mjs';
import { drawWaterfall } from './drawWaterfall.mjs';

// node scripts/benchReport.mjs results.jsonl ...: writes the lines of `npm run bench -- NAME --json` into docs/benchmarks.md, as a table
// for each bench, one chart of all ratios, and a chart of what happened when for each bench that tells. A bench that is not among them
// keeps what it has.
const PAGE = 'docs/benchmarks.md';
const CHART = 'docs/images/benchmarks.svg';
/** Stands by the unit where more is better. */
const MORE = '↑';
/** Rows of one bench in the chart. */
const MOST_IN_CHART = 10;

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
/** @type {Map<string, string>} */
const charts = new Map();
for (const name of new Set(lines.map(({ bench }) => bench))) {
  const own = lines.filter(({ bench }) => bench === name);
  const waterfalls = own.flatMap(({ case: title, spans }) => (spans ? [{ title: title.replace(/: click to .*$/, ''), spans }] : []));
  const chart = waterfalls.length > 0 ? `\n\n![What happens when, in milliseconds](images/${name}.svg)` : '';
  if (chart !== '') charts.set(`docs/images/${name}.svg`, drawWaterfall(waterfalls));
  page = replacePart(page, name, `${table(own)}${chart}\n\n<small>${machine}</small>`);
}
await writeFile(PAGE, page);
await mkdir('docs/images', { recursive: true });
charts.set(CHART, drawRatios(readRows(page)));
for (const [file, chart] of charts) await writeFile(file, chart);
console.log(`${[PAGE, ...charts.keys()].join(', ')} hold ${lines.length} results.`);

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
  const rows = own.map(({ case: title, ours, peer, ratio, unit, better, note }) => {
    const cells = [title, number(ours), peer === null ? '' : number(peer), better === 'more' ? `${unit} ${MORE}` : unit, ratio === null ? '' : `${ratio.toFixed(2)}×`, note ?? ''];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| case | ours | peer | unit | ratio | note |', '|---|---:|---:|---|---:|---|', ...rows].join('\n');
}

/**
 * JSON has no word for what could not be measured but null.
 *
 * @param {number | null} value
 */
function number(value) {
  if (value === null) return '–';
  return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6 ? String(value) : String(Number(value.toPrecision(3)));
}

/**
 * The rows of the page that have a ratio, the first few of each bench: the tables have them all.
 *
 * @param {string} text
 */
function readRows(text) {
  return [...text.matchAll(/<!-- bench:([\w-]+) -->([\s\S]*?)<!-- \/bench/g)].flatMap(([, name = '', part = '']) =>
    [...part.matchAll(/^\| (.+?) \| [^|]*\| [^|]*\| ([^|]*)\| ([\d.]+)× \|/gm)]
      .slice(0, MOST_IN_CHART)
      .map(([, title = '', unit = '', ratio = '']) => ({ name, title, ratio: Number(ratio), moreIsBetter: unit.includes(MORE) })),
  );
}
