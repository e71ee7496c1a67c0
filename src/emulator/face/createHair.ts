import type { CanvasModule, Context, Gradient, Path } from './loadCanvas.js';
import { palette } from './palette.js';

const { hair } = palette;

export interface Hair {
  /** The bob behind neck and ears. */
  drawBack(): void;
  /** Crown and fringe over the forehead. */
  drawFront(): void;
}

const BACK =
  'M 256 76 C 338 72 380 130 378 208 C 377 262 396 300 388 352 C 382 392 352 404 322 396 C 300 390 212 390 190 396 ' +
  'C 160 404 130 392 124 352 C 116 300 135 262 134 208 C 132 130 174 72 256 76 Z';
const RIGHT =
  'M 240 77 C 300 66 350 90 367 142 C 379 184 376 218 364 266 C 360 274 354 262 352 246 C 350 228 346 214 338 202 ' +
  'C 322 184 292 176 262 164 C 238 154 219 142 216 124 C 217 106 228 90 240 77 Z';
const LEFT =
  'M 243 77 C 190 70 146 104 138 154 C 132 194 136 228 149 268 C 154 266 159 256 160 244 C 162 224 166 208 176 192 ' +
  'C 190 172 212 152 222 126 C 228 108 234 92 243 77 Z';

/** Strips along the outlines above, as wide as their light reaches. */
const BACK_RIM = 'M 256 76 C 174 72 132 130 134 208 C 135 262 116 300 124 352 C 126 365 130 376 137 384 L 154 384 L 146 208 Z';
const LEFT_RIM = 'M 196 84 C 166 96 143 122 138 154 C 133 190 136 222 146 258 L 158 240 L 166 170 L 206 92 Z';

/** Start, two control points and end of a strand, its width and its opacity. */
type StrandLine = readonly [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number, width: number, alpha: number];
const BACK_STRANDS: readonly StrandLine[] = [
  [141, 226, 138, 280, 124, 310, 138, 372, 6, 0.6],
  [153, 284, 147, 330, 144, 350, 162, 388, 6, 0.4],
  [371, 226, 374, 280, 388, 310, 374, 372, 6, 0.34],
  [359, 284, 365, 330, 368, 350, 350, 388, 6, 0.26],
];
const RIGHT_STRANDS: readonly StrandLine[] = [
  [219, 122, 246, 142, 306, 140, 346, 200, 9, 0.45],
  [224, 108, 262, 104, 326, 122, 356, 204, 7, 0.5],
  [234, 92, 284, 80, 342, 104, 364, 200, 8, 0.34],
];
const LEFT_STRANDS: readonly StrandLine[] = [
  [221, 116, 200, 138, 164, 160, 154, 226, 8, 0.55],
  [228, 96, 184, 104, 150, 146, 145, 226, 7, 0.5],
];

/** Brown hair in a bob, parted on one side and tucked behind the ears. */
export function createHair(context: Context, { Path2D }: CanvasModule): Hair {
  const linear = (x0: number, y0: number, x1: number, y1: number, ...colours: readonly string[]): Gradient => {
    const gradient = context.createLinearGradient(x0, y0, x1, y1);
    for (const [index, colour] of colours.entries()) gradient.addColorStop(index / (colours.length - 1), colour);
    return gradient;
  };
  const toStrand = ([x0, y0, x1, y1, x2, y2, x3, y3, width, alpha]: StrandLine): Strand => {
    const length = Math.hypot(x3 - x0, y3 - y0);
    const dx = (-(y3 - y0) / length) * width * 0.4;
    const dy = ((x3 - x0) / length) * width * 0.4;
    const path = new Path2D(
      `M ${x0} ${y0} C ${x1 + dx} ${y1 + dy} ${x2 + dx} ${y2 + dy} ${x3} ${y3} C ${x2 - dx} ${y2 - dy} ${x1 - dx} ${y1 - dy} ${x0} ${y0} Z`,
    );
    return { path, alpha };
  };
  const gloss = context.createRadialGradient(308, 122, 2, 308, 122, 42);
  gloss.addColorStop(0, 'rgba(214, 150, 112, 0.28)');
  gloss.addColorStop(1, 'rgba(214, 150, 112, 0)');

  // Daylight falls from the window on the left: it lines that edge. Every light has a path of its own that is no larger
  // than itself, because the pixels that are filled are what a frame costs.
  const sun = 'rgba(255, 214, 158, 0.5)';
  const noSun = 'rgba(255, 205, 150, 0)';
  const back = {
    path: new Path2D(BACK),
    fill: linear(130, 90, 380, 400, hair.base, hair.deep, hair.shadow),
    light: { path: new Path2D(BACK_RIM), fill: linear(122, 300, 138, 302, sun, noSun) },
    strands: BACK_STRANDS.map(toStrand),
  };
  const left = {
    path: new Path2D(LEFT),
    fill: linear(140, 90, 220, 230, hair.strand, hair.light, hair.base),
    light: { path: new Path2D(LEFT_RIM), fill: linear(136, 150, 156, 161, sun, noSun) },
    strands: LEFT_STRANDS.map(toStrand),
  };
  const right = {
    path: new Path2D(RIGHT),
    fill: linear(230, 80, 360, 250, hair.light, hair.base, hair.deep),
    light: { path: new Path2D('M 266 80 H 350 V 164 H 266 Z'), fill: gloss },
    strands: RIGHT_STRANDS.map(toStrand),
  };

  function draw({ path, fill, light, strands }: typeof back): void {
    context.fillStyle = fill;
    context.fill(path);
    context.fillStyle = light.fill;
    context.fill(light.path);
    context.fillStyle = hair.strand;
    for (const strand of strands) {
      context.globalAlpha = strand.alpha;
      context.fill(strand.path);
    }
    context.globalAlpha = 1;
  }

  return {
    drawBack: () => draw(back),
    drawFront() {
      draw(left);
      draw(right);
    },
  };
}

interface Strand {
  readonly path: Path;
  readonly alpha: number;
}
