const WIDTH = 960;
const NAMES = 500;
const ROW = 22;
const TOP = 48;
/** The chart's span: a tenth of the peer to four times as much, each factor as long as the other. */
const [LEAST, MOST] = [0.05, 4];

/**
 * A chart of ratios to a peer, less is better, on a logarithmic scale around 1.
 *
 * @param {readonly { readonly name: string, readonly title: string, readonly ratio: number }[]} rows
 * @returns {string} SVG that reads on light and dark ground.
 */
export function drawRatios(rows) {
  const height = TOP + rows.length * ROW + 16;
  const bars = rows.map(({ name, title, ratio }, index) => {
    const y = TOP + index * ROW;
    const [from, to] = [Math.min(place(ratio), place(1)), Math.max(place(ratio), place(1))];
    return `<text x="${NAMES - 8}" y="${y + 14}" text-anchor="end">${escape(short(`${name}: ${title}`))}</text>
<rect x="${from.toFixed(1)}" y="${y + 3}" width="${Math.max(1, to - from).toFixed(1)}" height="${ROW - 8}" rx="2" class="${ratio <= 1 ? 'better' : 'worse'}"/>
<text x="${(ratio <= 1 ? from - 6 : to + 6).toFixed(1)}" y="${y + 14}" text-anchor="${ratio <= 1 ? 'end' : 'start'}" class="figure">${ratio.toFixed(2)}×</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">Ratios of visavis to its peers, less is better</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.figure { font-variant-numeric: tabular-nums; font-size: 11px }
.head { font-size: 14px; font-weight: 600 }
.better { fill: #2f7d5b }
.worse { fill: #c2662d }
line { stroke: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .better { fill: #56b68b } .worse { fill: #e08a4f } }
</style>
<text x="${NAMES}" y="20" class="head">visavis beside its peers: less is better</text>
<line x1="${place(1)}" x2="${place(1)}" y1="${TOP - 14}" y2="${height - 10}"/>
<text x="${place(1)}" y="${TOP - 16}" text-anchor="middle" class="figure">peer</text>
${bars.join('\n')}
</svg>
`;
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
