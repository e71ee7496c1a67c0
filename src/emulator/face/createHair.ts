import type { CanvasModule, Context, Gradient, Path } from './loadCanvas.js';
import { palette } from './palette.js';

const { hair } = palette;

export interface Hair {
  /** The bob behind neck and ears. */
  drawBack(): void;
  /** Crown and fringe over the forehead. */
  drawFront(): void;
}

/** Brown hair in a bob, parted on one side and tucked behind the ears. */
export function createHair(context: Context, { Path2D }: CanvasModule): Hair {
  const back = new Path2D(
    'M 256 78 C 338 74 380 130 378 208 C 377 262 396 300 388 352 C 382 392 352 404 322 396 C 300 390 212 390 190 396 ' +
      'C 160 404 130 392 124 352 C 116 300 135 262 134 208 C 132 130 174 74 256 78 Z',
  );
  const backFill = context.createLinearGradient(130, 90, 380, 400);
  backFill.addColorStop(0, hair.base);
  backFill.addColorStop(0.5, hair.deep);
  backFill.addColorStop(1, '#2a141b');
  const backStrands = strands(Path2D, [
    ['M 140 230 C 138 280 126 310 136 356', 5, 0.5],
    ['M 152 290 C 148 330 146 350 158 380', 4, 0.35],
    ['M 372 230 C 374 280 386 310 376 356', 5, 0.28],
    ['M 360 290 C 364 330 366 350 354 380', 4, 0.22],
  ]);

  const right = new Path2D(
    'M 214 116 C 226 78 312 62 352 118 C 376 152 378 204 366 262 C 362 270 354 262 352 246 C 350 228 346 214 338 202 ' +
      'C 322 184 292 176 262 164 C 238 154 214 140 214 116 Z',
  );
  const left = new Path2D(
    'M 226 106 C 196 78 152 98 140 150 C 132 190 136 226 146 262 C 150 270 158 262 160 246 C 162 224 166 208 176 192 ' +
      'C 188 172 208 150 226 106 Z',
  );
  const rightFill = context.createLinearGradient(230, 80, 360, 250);
  rightFill.addColorStop(0, hair.light);
  rightFill.addColorStop(0.35, hair.base);
  rightFill.addColorStop(1, hair.deep);
  const leftFill = context.createLinearGradient(140, 90, 220, 230);
  leftFill.addColorStop(0, hair.strand);
  leftFill.addColorStop(0.4, hair.light);
  leftFill.addColorStop(1, hair.base);
  const rightStrands = strands(Path2D, [
    ['M 222 116 C 244 132 300 136 338 186', 6, 0.42],
    ['M 228 108 C 262 108 322 124 350 184', 4, 0.5],
    ['M 236 98 C 280 90 336 112 358 186', 5, 0.3],
  ]);
  const leftStrands = strands(Path2D, [
    ['M 218 112 C 196 130 168 158 158 206', 5, 0.55],
    ['M 208 104 C 178 116 152 152 148 214', 4, 0.45],
  ]);

  function fill(path: Path, gradient: Gradient): void {
    context.fillStyle = gradient;
    context.fill(path);
  }

  function stroke(lines: readonly Strand[]): void {
    context.strokeStyle = hair.strand;
    context.lineCap = 'round';
    for (const { path, width, alpha } of lines) {
      context.globalAlpha = alpha;
      context.lineWidth = width;
      context.stroke(path);
    }
    context.globalAlpha = 1;
  }

  return {
    drawBack() {
      fill(back, backFill);
      stroke(backStrands);
    },
    drawFront() {
      fill(left, leftFill);
      stroke(leftStrands);
      fill(right, rightFill);
      stroke(rightStrands);
    },
  };
}

interface Strand {
  readonly path: Path;
  readonly width: number;
  readonly alpha: number;
}

function strands(Path2D: CanvasModule['Path2D'], lines: readonly (readonly [string, number, number])[]): Strand[] {
  return lines.map(([path, width, alpha]) => ({ path: new Path2D(path), width, alpha }));
}
