const NAMES = 50;
const WIDTH = 60;

/**
 * What happened when, as bars for a terminal.
 *
 * @param {readonly import('./Bench.js').BenchSpan[]} spans
 */
export function printWaterfall(spans) {
  const endMs = Math.max(...spans.map(({ toMs }) => toMs), 1);
  const column = (/** @type {number} */ atMs) => Math.round((Math.max(0, atMs) / endMs) * WIDTH);
  return spans
    .map(({ name, fromMs, toMs }) => {
      const from = Math.min(column(fromMs), WIDTH - 1);
      const bar = ' '.repeat(from) + '█'.repeat(Math.max(1, column(toMs) - from));
      return `    ${name.slice(0, NAMES).padEnd(NAMES)} ${String(Math.round(fromMs)).padStart(6)} to ${String(Math.round(toMs)).padStart(6)} ms  ${bar}`;
    })
    .join('\n');
}
