import type { CanvasModule, Context } from './loadCanvas.js';
import { palette } from './palette.js';

const { skin, earring } = palette;

export interface Head {
  drawEars(): void;
  /** @param jawDrop - Pixels by which the open mouth lowers the chin. */
  drawFace(jawDrop: number): void;
  /** Drawn apart from the skin, because it moves further when the head turns. */
  drawNose(): void;
}

/** Ears, face and nose, in picture coordinates of a head that looks straight ahead. */
export function createHead(context: Context, { Path2D }: CanvasModule): Head {
  const skinFill = context.createRadialGradient(206, 212, 16, 232, 236, 138);
  skinFill.addColorStop(0, skin.light);
  skinFill.addColorStop(0.52, skin.base);
  skinFill.addColorStop(1, skin.shade);
  const fringeShade = context.createLinearGradient(0, 150, 0, 216);
  fringeShade.addColorStop(0, 'rgba(150, 70, 44, 0.5)');
  fringeShade.addColorStop(1, 'rgba(170, 86, 54, 0)');
  const blushes = [205, 307].map((x) => {
    const blush = context.createRadialGradient(x, 286, 2, x, 286, 30);
    blush.addColorStop(0, 'rgba(238, 112, 92, 0.42)');
    blush.addColorStop(1, 'rgba(238, 112, 92, 0)');
    return blush;
  });
  const earFill = context.createLinearGradient(0, 232, 0, 286);
  earFill.addColorStop(0, skin.base);
  earFill.addColorStop(1, skin.shade);

  const ears = [
    { outer: 'M 184 238 C 162 226 150 236 153 256 C 156 276 164 290 178 288 L 196 290 Z', inner: 'M 168 246 C 160 244 158 254 163 264 C 166 270 168 273 170 275', ringX: 164 },
    { outer: 'M 328 238 C 350 226 362 236 359 256 C 356 276 348 290 334 288 L 316 290 Z', inner: 'M 344 246 C 352 244 354 254 349 264 C 346 270 344 273 342 275', ringX: 348 },
  ].map(({ outer, inner, ringX }) => ({ outer: new Path2D(outer), inner: new Path2D(inner), ringX }));

  const noseSide = new Path2D('M 258 252 C 266 266 275 280 273 289 C 270 295 262 297 254 296 Z');
  const noseUnder = new Path2D('M 242 291 C 246 296 251 294 256 297 C 261 294 266 296 270 291');
  const noseShade = context.createLinearGradient(254, 276, 273, 290);
  noseShade.addColorStop(0, 'rgba(200, 110, 72, 0)');
  noseShade.addColorStop(1, 'rgba(196, 104, 68, 0.42)');
  const noseLight = context.createRadialGradient(253, 280, 0, 253, 280, 10);
  noseLight.addColorStop(0, 'rgba(255, 240, 222, 0.6)');
  noseLight.addColorStop(1, 'rgba(255, 240, 222, 0)');

  function traceFace(jawDrop: number): void {
    const jaw = 330 + jawDrop * 0.6;
    const chin = 357 + jawDrop;
    context.beginPath();
    context.moveTo(256, 118);
    context.bezierCurveTo(312, 118, 344, 162, 343, 226);
    context.bezierCurveTo(342, 268, 335, 304, 313, jaw);
    context.bezierCurveTo(295, jaw + 19, 279, chin, 256, chin);
    context.bezierCurveTo(233, chin, 217, jaw + 19, 199, jaw);
    context.bezierCurveTo(177, 304, 170, 268, 169, 226);
    context.bezierCurveTo(168, 162, 200, 118, 256, 118);
    context.closePath();
  }

  return {
    drawEars() {
      for (const { outer, inner, ringX } of ears) {
        context.fillStyle = earFill;
        context.fill(outer);
        context.strokeStyle = 'rgba(176, 92, 60, 0.7)';
        context.lineWidth = 2.4;
        context.lineCap = 'round';
        context.stroke(inner);
        context.fillStyle = earring.shade;
        context.beginPath();
        context.arc(ringX, 289, 5.4, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = earring.base;
        context.beginPath();
        context.arc(ringX - 0.5, 288.4, 4.6, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = earring.light;
        context.beginPath();
        context.arc(ringX - 1.8, 286.8, 1.6, 0, 2 * Math.PI);
        context.fill();
      }
    },
    drawFace(jawDrop) {
      traceFace(jawDrop);
      context.fillStyle = skinFill;
      context.fill();
      // Its sides lie under the hair, so a rectangle will do.
      context.fillStyle = fringeShade;
      context.fillRect(172, 120, 170, 96);
      for (const [index, blush] of blushes.entries()) {
        context.fillStyle = blush;
        context.fillRect(175 + index * 102, 256, 60, 60);
      }
    },
    drawNose() {
      context.fillStyle = noseShade;
      context.fill(noseSide);
      context.strokeStyle = 'rgba(178, 90, 60, 0.85)';
      context.lineWidth = 2.6;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.stroke(noseUnder);
      context.fillStyle = noseLight;
      context.fillRect(243, 270, 20, 20);
    },
  };
}
