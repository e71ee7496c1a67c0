import type { CanvasModule, Context } from './loadCanvas.js';
import { palette } from './palette.js';

const { skin, sweater } = palette;

/** Top of the body layer in the picture: it is drawn once and then only moved by the breath. */
export const BODY_TOP = 330;

/** Neck, shoulders and sweater, in picture coordinates. Reaches below the picture, so that a breath shows no gap. */
export function drawBody(context: Context, { Path2D }: CanvasModule): void {
  const neck = new Path2D('M 210 330 C 214 372 214 398 196 420 L 256 462 L 316 420 C 298 398 298 372 302 330 Z');
  const neckFill = context.createLinearGradient(210, 0, 304, 0);
  neckFill.addColorStop(0, skin.base);
  neckFill.addColorStop(0.4, skin.base);
  neckFill.addColorStop(1, skin.shade);
  context.fillStyle = neckFill;
  context.fill(neck);

  // The head's shadow on the neck: what sets the head in front of the body.
  context.save();
  context.clip(neck);
  const chinShadow = context.createRadialGradient(262, 344, 20, 262, 352, 66);
  chinShadow.addColorStop(0, 'rgba(158, 82, 52, 0.78)');
  chinShadow.addColorStop(0.6, 'rgba(168, 92, 58, 0.55)');
  chinShadow.addColorStop(1, 'rgba(176, 96, 60, 0)');
  context.fillStyle = chinShadow;
  context.fillRect(190, 320, 140, 120);
  context.restore();

  const torso = new Path2D(
    'M 34 540 C 36 478 62 446 122 430 C 160 420 190 416 204 404 C 218 430 240 438 256 438 C 272 438 294 430 308 404 ' +
      'C 322 416 352 420 390 430 C 450 446 476 478 478 540 Z',
  );
  const cloth = context.createLinearGradient(90, 400, 440, 540);
  cloth.addColorStop(0, sweater.light);
  cloth.addColorStop(0.42, sweater.base);
  cloth.addColorStop(1, sweater.shade);
  context.fillStyle = cloth;
  context.fill(torso);

  context.save();
  context.clip(torso);
  drawFolds(context, Path2D);
  context.restore();
  drawCollar(context, Path2D);
}

function drawFolds(context: Context, Path2D: CanvasModule['Path2D']): void {
  context.lineCap = 'round';
  for (const [path, width, alpha] of [
    ['M 118 540 C 116 510 122 492 136 474', 9, 0.28],
    ['M 394 540 C 396 510 390 492 376 474', 11, 0.34],
    ['M 136 446 C 160 438 184 434 204 428', 5, 0.16],
    ['M 376 446 C 352 438 330 434 310 428', 6, 0.22],
  ] as const) {
    context.globalAlpha = alpha;
    context.strokeStyle = sweater.deep;
    context.lineWidth = width;
    context.stroke(new Path2D(path));
  }
  context.globalAlpha = 0.5;
  context.strokeStyle = sweater.rim;
  context.lineWidth = 5;
  context.stroke(new Path2D('M 42 512 C 50 470 78 448 128 435 C 156 428 180 424 196 414'));
  context.globalAlpha = 1;
}

function drawCollar(context: Context, Path2D: CanvasModule['Path2D']): void {
  const collar = new Path2D(
    'M 197 398 C 192 404 190 412 194 418 C 210 446 234 456 256 456 C 278 456 302 446 318 418 C 322 412 320 404 315 398 ' +
      'C 306 424 280 437 256 437 C 232 437 206 424 197 398 Z',
  );
  const fill = context.createLinearGradient(192, 0, 320, 0);
  fill.addColorStop(0, sweater.lit);
  fill.addColorStop(0.5, sweater.base);
  fill.addColorStop(1, sweater.shade);
  context.save();
  context.shadowColor = 'rgba(120, 66, 12, 0.45)';
  context.shadowBlur = 8;
  context.shadowOffsetY = 3;
  context.fillStyle = fill;
  context.fill(collar);
  context.restore();

  // Ribs follow the ring of the collar.
  context.save();
  context.clip(collar);
  context.strokeStyle = 'rgba(150, 88, 20, 0.32)';
  context.lineWidth = 1.6;
  for (let angle = 0.05; angle < Math.PI; angle += 0.1) {
    const x = Math.cos(angle);
    const y = Math.sin(angle);
    context.beginPath();
    context.moveTo(256 + 52 * x, 398 + 34 * y);
    context.lineTo(256 + 68 * x, 400 + 60 * y);
    context.stroke();
  }
  context.restore();
}
