const WIDTH = 960;
const NAMES = 500;
const ROW = 22;
const HEADING = 22;
const TOP = 52;
/** The chart's span: a twentieth of the peer to sixteen times as much. */
const [LEAST, MOST] = [0.05, 16];

/** @typedef {{ readonly name: string, readonly title: string, readonly ratio: number, readonly moreIsBetter: boolean }} Row */

/**
 * A chart of ratios to a peer on a logarithmic scale around 1, bench by bench.
 *
 * @param {readonly Row[]} rows
 * @returns {string} SVG that reads on light and dark ground.
 */
export function drawRatios(rows) {
  const names = [...new Set(rows.map(({ name }) => name))];
  let y = TOP;
  const groups = names.map((name) => {
    const heading = `<text x="10" y="${y + 16}" class="head">${escape(name)}</text>`;
    y += HEADING;
    const own = rows.filter((row) => row.name === name).map((row) => bar(row, (y += ROW) - ROW));
    y += 8;
    return [heading, ...own].join('\n');
  });
  const height = y + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">Ratios of visavis to its peers</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.figure { font-variant-numeric: tabular-nums; font-size: 11px }
.head { font-size: 13px; font-weight: 600 }
.better { fill: #2f7d5b }
.worse { fill: #c2662d }
line { stroke: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .better { fill: #56b68b } .worse { fill: #e08a4f } }
</style>
<rect x="${NAMES}" y="9" width="12" height="12" rx="2" class="better"/><text x="${NAMES + 18}" y="19">better than the peer</text>
<rect x="${NAMES + 150}" y="9" width="12" height="12" rx="2" class="worse"/><text x="${NAMES + 168}" y="19">worse</text>
<text x="${NAMES + 220}" y="19">↑ more is better</text>
<line x1="${place(1)}" x2="${place(1)}" y1="${TOP - 4}" y2="${height - 10}"/>
<text x="${place(1)}" y="${TOP - 8}" text-anchor="middle" class="figure">peer</text>
${groups.join('\n')}
</svg>
`;
}

/**
 * @param {Row} row
 * @param {number} y
 */
function bar({ title, ratio, moreIsBetter }, y) {
  const [from, to] = [Math.min(place(ratio), place(1)), Math.max(place(ratio), place(1))];
  const isBetter = moreIsBetter ? ratio >= 1 : ratio <= 1;
  const text = short(title) + (moreIsBetter ? ' ↑' : '');
  return `<text x="${NAMES - 8}" y="${y + 14}" text-anchor="end">${escape(text)}</text>
<rect x="${from.toFixed(1)}" y="${y + 3}" width="${Math.max(1, to - from).toFixed(1)}" height="${ROW - 8}" rx="2" class="${isBetter ? 'better' : 'worse'}"/>
<text x="${(ratio <= 1 ? from - 6 : to + 6).toFixed(1)}" y="${y + 14}" text-anchor="${ratio <= 1 ? 'end' : 'start'}" class="figure">${ratio.toFixed(2)}×</text>`;
}

/** @param {number} ratio */
function place(ratio) {
  const share = Math.log(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST) / Math.log(MOST / LEAST);
  return NAMES + 50 + share * (WIDTH - NAMES - 110);
}

/** @param {string} text */
function short(text) {
  return text.length > 78 ? `${text.slice(0, 77)}…` : text;
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
