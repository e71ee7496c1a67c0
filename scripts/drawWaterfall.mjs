const WIDTH = 960;
const NAMES = 330;
const ROW = 20;
const GAP = 44;
const TOP = 14;

/** @typedef {{ readonly title: string, readonly spans: readonly import('./Bench.js').BenchSpan[] }} Waterfall */

/**
 * What happened when, one chart below the other on the same scale.
 *
 * @param {readonly Waterfall[]} waterfalls
 * @returns {string} SVG that reads on light and dark ground.
 */
export function drawWaterfall(waterfalls) {
  const endMs = Math.max(1, ...waterfalls.flatMap(({ spans }) => spans.map(({ toMs }) => toMs)));
  const stepMs = [50, 100, 200, 500, 1000, 2000, 5000].find((step) => endMs / step <= 10) ?? 10_000;
  const place = (/** @type {number} */ atMs) => NAMES + (Math.max(0, atMs) / endMs) * (WIDTH - NAMES - 70);
  let y = TOP;
  const parts = waterfalls.map(({ title, spans }) => {
    const top = y;
    y += GAP + spans.length * ROW;
    const grid = Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, i) => i * stepMs).map(
      (atMs) => `<line x1="${place(atMs).toFixed(1)}" x2="${place(atMs).toFixed(1)}" y1="${top + 30}" y2="${y - 10}"/>
<text x="${place(atMs).toFixed(1)}" y="${top + 26}" text-anchor="middle" class="figure">${atMs.toLocaleString('en')} ms</text>`,
    );
    const rows = spans.map(({ name, fromMs, toMs }, index) => {
      const at = top + 34 + index * ROW;
      const width = Math.max(2, place(toMs) - place(fromMs));
      return `<text x="${NAMES - 10}" y="${at + 13}" text-anchor="end">${escape(name)}</text>
<rect x="${place(fromMs).toFixed(1)}" y="${at + 3}" width="${width.toFixed(1)}" height="${ROW - 7}" rx="2" class="${kindOf(name)}"/>
<text x="${(place(fromMs) + width + 6).toFixed(1)}" y="${at + 13}" class="figure">${Math.round(toMs)}</text>`;
    });
    return `<text x="10" y="${top + 10}" class="head">${escape(title)}</text>\n${grid.join('\n')}\n${rows.join('\n')}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-labelledby="title">
<title id="title">What happens between the click and the avatar, in milliseconds from the click</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.figure { font-variant-numeric: tabular-nums; font-size: 11px; fill: #57606a }
.head { font-size: 14px; font-weight: 600 }
.code { fill: #7a63c7 }
.microphone { fill: #c2662d }
.connection { fill: #3b78b5 }
.avatar { fill: #2f7d5b }
line { stroke: #d0d7de }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .figure { fill: #9198a1 } line { stroke: #3d444d }
  .code { fill: #a694e8 } .microphone { fill: #e08a4f } .connection { fill: #6ea8e0 } .avatar { fill: #56b68b }
}
</style>
${parts.join('\n')}
</svg>
`;
}

/** @param {string} name */
function kindOf(name) {
  if (name.startsWith('code')) return 'code';
  if (/microphone|worklet/.test(name)) return 'microphone';
  return name.startsWith('first') ? 'avatar' : 'connection';
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
