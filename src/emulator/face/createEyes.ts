import type { Context } from './loadCanvas.js';
import { palette } from './palette.js';

const { brow, eye, skin } = palette;
const HALF_WIDTH = 22;
const EYE_Y = 244;
const EYE_DISTANCE = 41;

export interface EyePose {
  /** 0 open to 1 closed. */
  readonly closed: number;
  readonly gazeX: number;
  readonly gazeY: number;
  /** Pixels by which the brows are raised. */
  readonly browLift: number;
  /** 0 to 1: cheeks that push the lower lids up. */
  readonly smile: number;
}

/** Both eyes and brows; the second eye is the first one mirrored, except for where it looks and where the light falls. */
export function createEyes(context: Context): { draw(pose: EyePose): void } {
  const iris = context.createRadialGradient(0, 4, 1, 0, 0, 12.4);
  iris.addColorStop(0, eye.irisLight);
  iris.addColorStop(0.62, eye.iris);
  iris.addColorStop(1, eye.irisDeep);
  const lidShadow = context.createLinearGradient(0, -16, 0, 0);
  lidShadow.addColorStop(0, 'rgba(96, 50, 48, 0.5)');
  lidShadow.addColorStop(1, 'rgba(96, 50, 48, 0)');
  const lidSkin = context.createLinearGradient(0, -20, 0, 8);
  lidSkin.addColorStop(0, skin.lidShade);
  lidSkin.addColorStop(1, skin.lid);

  /** The upper lid's arc, from the outer corner to the inner one; `lift` is its height over the corners. */
  const upperLid = (lift: number): void => context.bezierCurveTo(-13, -lift * 1.3, 9, -lift * 1.42, HALF_WIDTH, 3);
  const lowerLid = (drop: number): void => context.bezierCurveTo(11, 3 + drop * 1.15, -11, drop * 1.3, -HALF_WIDTH, 0);

  function drawEye(side: -1 | 1, pose: EyePose): void {
    const drop = 10.5 - 2.5 * pose.smile;
    const lift = 15 * (1 - pose.closed) - drop * 0.92 * pose.closed;
    const crease = 4 * pose.closed;
    context.save();
    context.translate(256 + side * EYE_DISTANCE, EYE_Y);
    context.scale(-side, 1);

    if (pose.closed > 0) {
      context.beginPath();
      context.moveTo(-HALF_WIDTH, 0);
      upperLid(15);
      lowerLid(drop);
      context.fillStyle = lidSkin;
      context.fill();
    }
    context.save();
    context.beginPath();
    context.moveTo(-HALF_WIDTH, 0);
    upperLid(lift);
    lowerLid(drop);
    context.clip();
    context.fillStyle = eye.white;
    context.fillRect(-24, -20, 48, 40);
    drawIris(-side * pose.gazeX, pose.gazeY - 0.6, side);
    context.fillStyle = lidShadow;
    context.fillRect(-24, -20, 48, 20);
    context.restore();

    context.lineCap = 'round';
    context.strokeStyle = 'rgba(150, 78, 60, 0.55)';
    context.lineWidth = 1.4;
    context.beginPath();
    context.moveTo(HALF_WIDTH - 3, 5);
    lowerLid(drop + 0.6);
    context.stroke();
    drawLash(lift);
    context.strokeStyle = 'rgba(168, 88, 60, 0.6)';
    context.lineWidth = 1.8;
    context.beginPath();
    context.moveTo(-HALF_WIDTH + 1, -9 + crease);
    context.bezierCurveTo(-12, -24 + crease, 8, -25 + crease, HALF_WIDTH - 3, -9 + crease);
    context.stroke();
    drawBrow(pose.browLift);
    context.restore();
  }

  function drawIris(x: number, y: number, side: -1 | 1): void {
    context.translate(x, y);
    context.fillStyle = iris;
    disc(0, 0, 12.4);
    context.fillStyle = eye.pupil;
    disc(0, 0, 5.9);
    // Mirrored back, so that the window shines into both eyes from the same side.
    context.fillStyle = 'rgba(255, 255, 255, 0.95)';
    disc(side * 4, -4.2, 3.4);
    context.fillStyle = 'rgba(255, 244, 226, 0.6)';
    disc(-side * 4, 4.6, 1.9);
    context.translate(-x, -y);
  }

  function disc(x: number, y: number, radius: number): void {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  /** A tapered stroke: two arcs that part in the middle, with a small wing at the outer corner. */
  function drawLash(lift: number): void {
    context.fillStyle = eye.lash;
    context.beginPath();
    context.moveTo(-HALF_WIDTH - 5, -4);
    context.bezierCurveTo(-HALF_WIDTH + 1, -1.5 - lift * 0.3, -13, -lift * 1.3 - 1, 0, -lift * 1.02 - 2.6);
    context.bezierCurveTo(10, -lift * 1.02 - 2, 17, -lift * 0.5, HALF_WIDTH + 0.5, 3.4);
    context.bezierCurveTo(9, -lift * 1.42 + 1.6, -13, -lift * 1.3 + 3.4, -HALF_WIDTH - 0.5, 1.2);
    context.closePath();
    context.fill();
  }

  function drawBrow(lift: number): void {
    context.fillStyle = brow;
    context.globalAlpha = 0.92;
    context.beginPath();
    context.moveTo(-25, -29 - lift * 0.6);
    context.bezierCurveTo(-16, -41 - lift, 4, -42 - lift, 20, -35 - lift * 1.1);
    context.bezierCurveTo(23, -33 - lift * 1.1, 22, -29 - lift * 1.1, 18, -29.5 - lift * 1.1);
    context.bezierCurveTo(4, -35.5 - lift, -12, -37 - lift, -25, -29 - lift * 0.6);
    context.fill();
    context.globalAlpha = 1;
  }

  return {
    draw(pose) {
      drawEye(-1, pose);
      drawEye(1, pose);
    },
  };
}
