import type { Context } from './loadCanvas.js';
import { palette } from './palette.js';

const { lip, mouth } = palette;
const MOUTH_X = 256;
const MOUTH_Y = 316;
const HALF_WIDTH = 29.5;

export interface MouthShape {
  /** 0 closed to 1 wide open. */
  readonly open: number;
  /** -1 round to 1 wide. */
  readonly width: number;
}

/** Lips, teeth, tongue and the dark between them, in picture coordinates. */
export function createMouthPainter(context: Context): { draw(shape: MouthShape): void } {
  const upperFill = context.createLinearGradient(0, -12, 0, 2);
  upperFill.addColorStop(0, lip.upperLight);
  upperFill.addColorStop(1, lip.upper);

  return {
    draw({ open, width }) {
      // Round lips need some opening to look round; a closed mouth only purses a little.
      const rounding = Math.max(0, -width) * (0.45 + 0.55 * Math.min(1, open * 3));
      const half = HALF_WIDTH + 6 * Math.max(0, width) - 12 * rounding - 1.5 * open;
      const smile = 7.5 - 4 * open - 3.5 * rounding;
      // The inner edges meet on one curve when closed, and part from it: the gap can only grow with `open`.
      const top = smile - open * (9 + 3 * rounding);
      const bottom = smile + open * (25 + 3 * rounding);
      const bow = 0.52 + 0.12 * rounding;

      context.save();
      context.translate(MOUTH_X, MOUTH_Y);
      context.lineJoin = 'round';
      if (open > 0) drawInside(half, top, bottom, bow, width);
      drawUpperLip(half, top, bow, 7.2 + 1.6 * rounding - open);
      drawLowerLip(half, bottom, bow, 9.5 + 1.4 * rounding - 1.5 * open);
      if (open < 0.12) drawClosedLine(half, smile, bow, 1 - open / 0.12);
      drawCorners(half);
      context.restore();
    },
  };

  function drawInside(half: number, top: number, bottom: number, bow: number, width: number): void {
    const gap = bottom - top;
    context.save();
    context.beginPath();
    context.moveTo(-half, 0);
    context.bezierCurveTo(-half * bow, top * 1.33, half * bow, top * 1.33, half, 0);
    context.bezierCurveTo(half * bow, bottom * 1.33, -half * bow, bottom * 1.33, -half, 0);
    context.clip();
    context.fillStyle = mouth.interior;
    context.fillRect(-half, -20, half * 2, 60);

    const tongue = Math.max(0, gap - 9) * 0.42;
    if (tongue > 0) {
      context.fillStyle = mouth.tongue;
      context.beginPath();
      context.ellipse(0, bottom + 4, half * 0.72, tongue + 4, 0, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = mouth.tongueLight;
      context.beginPath();
      context.ellipse(-3, bottom + 5, half * 0.4, tongue * 0.62 + 4, 0, 0, 2 * Math.PI);
      context.fill();
    }
    // Hissing shows both rows nearly shut; a round mouth hides the teeth.
    const spread = Math.max(0, width);
    const teeth = Math.min(9, gap * (0.3 + 0.12 * spread)) * (1 - 0.5 * Math.max(0, -width));
    drawTeeth(half, top, teeth);
    if (spread > 0.3 && gap > 3) drawLowerTeeth(half, bottom, Math.min(4.5, gap * 0.25) * (spread - 0.3) * 1.4);
    context.restore();
  }

  function drawTeeth(half: number, top: number, height: number): void {
    context.fillStyle = mouth.teeth;
    context.beginPath();
    context.moveTo(-half * 0.96, -30);
    context.lineTo(-half * 0.9, 0);
    context.bezierCurveTo(-half * 0.5, top * 1.3 + height, half * 0.5, top * 1.3 + height, half * 0.9, 0);
    context.lineTo(half * 0.96, -30);
    context.fill();
    context.fillStyle = 'rgba(120, 60, 56, 0.28)';
    context.fillRect(-half, top - 4, half * 2, 5.5);
  }

  function drawLowerTeeth(half: number, bottom: number, height: number): void {
    context.fillStyle = mouth.teethShade;
    context.beginPath();
    context.moveTo(-half * 0.7, 50);
    context.lineTo(-half * 0.7, bottom * 0.6);
    context.quadraticCurveTo(0, bottom + 3 - height * 2, half * 0.7, bottom * 0.6);
    context.lineTo(half * 0.7, 50);
    context.fill();
  }

  function drawUpperLip(half: number, top: number, bow: number, thickness: number): void {
    context.fillStyle = upperFill;
    context.beginPath();
    context.moveTo(-half - 2.5, -0.6);
    context.bezierCurveTo(-half * 0.6, top - thickness * 0.75, -9, top - thickness * 1.25, -5, top - thickness * 1.1);
    context.quadraticCurveTo(0, top - thickness * 0.62, 5, top - thickness * 1.1);
    context.bezierCurveTo(9, top - thickness * 1.25, half * 0.6, top - thickness * 0.75, half + 2.5, -0.6);
    context.bezierCurveTo(half * bow, top * 1.33 + 0.8, -half * bow, top * 1.33 + 0.8, -half - 2.5, -0.6);
    context.fill();
  }

  function drawLowerLip(half: number, bottom: number, bow: number, thickness: number): void {
    const fill = context.createLinearGradient(0, bottom - 1, 0, bottom + thickness);
    fill.addColorStop(0, lip.lowerEdge);
    fill.addColorStop(0.5, lip.lower);
    fill.addColorStop(1, lip.lowerShade);
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(-half - 1.5, 0);
    context.bezierCurveTo(-half * bow, bottom * 1.33 - 0.8, half * bow, bottom * 1.33 - 0.8, half + 1.5, 0);
    context.bezierCurveTo(half * 0.66, (bottom + thickness) * 1.3, -half * 0.66, (bottom + thickness) * 1.3, -half - 1.5, 0);
    context.fill();
    context.fillStyle = 'rgba(255, 214, 196, 0.55)';
    context.beginPath();
    context.ellipse(-4, bottom + thickness * 0.46, half * 0.3, thickness * 0.16, 0, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = 'rgba(176, 88, 56, 0.26)';
    context.beginPath();
    context.ellipse(0, bottom + thickness + 5.5, half * 0.5, 2.8, 0, 0, 2 * Math.PI);
    context.fill();
  }

  function drawClosedLine(half: number, smile: number, bow: number, alpha: number): void {
    context.globalAlpha = alpha;
    context.strokeStyle = lip.line;
    context.lineWidth = 2;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(-half - 1, -0.4);
    context.bezierCurveTo(-half * bow, smile * 1.33, half * bow, smile * 1.33, half + 1, -0.4);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** The small dents at both ends: they turn lips into a smile. */
  function drawCorners(half: number): void {
    context.strokeStyle = 'rgba(178, 86, 62, 0.75)';
    context.lineWidth = 2.2;
    context.lineCap = 'round';
    for (const side of [-1, 1]) {
      context.beginPath();
      context.moveTo(side * (half + 2), 1.4);
      context.quadraticCurveTo(side * (half + 5), -0.6, side * (half + 5.5), -4);
      context.stroke();
    }
  }
}
