import { BODY_TOP, drawBody } from './drawBody.js';
import { createEyes } from './createEyes.js';
import { createHair } from './createHair.js';
import { createHead } from './createHead.js';
import { createIdleMotion } from './createIdleMotion.js';
import { createMouthPainter } from './createMouthPainter.js';
import { drawBackground } from './drawBackground.js';
import { loadCanvas } from './loadCanvas.js';

const SIZE = 512;
/** Base of the neck: the head turns about it. */
const PIVOT_X = 256;
const PIVOT_Y = 384;

/** What the avatar does at one moment. */
export interface FacePose {
  /** Time on any scale that grows with the video, in milliseconds: all idle motion follows from it. */
  readonly timeMs: number;
  /** 0 closed to 1 wide open. */
  readonly mouthOpen: number;
  /** -1 round to 1 wide. */
  readonly mouthWidth: number;
  /** Speech livens the brows. */
  readonly speaking: boolean;
}

/** The emulator's avatar, ready to be drawn frame by frame. */
export interface Face {
  readonly width: 512;
  readonly height: 512;
  /**
   * Draws one frame.
   *
   * @returns Uint8ClampedArray [512 * 512 * 4], RGBA, opaque. The buffer is reused by the next call: copy what you keep.
   */
  render(pose: FacePose): Uint8ClampedArray;
  /** Draws one frame as a PNG file, for stills. */
  renderPng(pose: FacePose): Promise<Uint8Array>;
}

/**
 * Makes the face that the emulator shows in place of a vendor's avatar: it blinks, breathes and looks around by itself,
 * and moves its mouth as told. The same seed and pose always give the same picture.
 *
 * @param options.seed - Chooses when it blinks and how it sways; any number. Default 1.
 * @throws AvatarError `peer-missing` when "@napi-rs/canvas" is not installed.
 *
 * @example
 * ```ts
 * const face = await createFace({ seed: 7 });
 * const rgba = face.render({ timeMs: 0, mouthOpen: 0.6, mouthWidth: 0, speaking: true });
 * ```
 */
export async function createFace(options: { readonly seed?: number } = {}): Promise<Face> {
  const library = await loadCanvas();
  const idleAt = createIdleMotion(options.seed ?? 1);

  const canvas = library.createCanvas(SIZE, SIZE);
  const context = canvas.getContext('2d');
  const background = library.createCanvas(SIZE, SIZE);
  drawBackground(background.getContext('2d'));
  const body = library.createCanvas(SIZE, SIZE - BODY_TOP + 20);
  const bodyContext = body.getContext('2d');
  bodyContext.translate(0, -BODY_TOP);
  drawBody(bodyContext, library);

  const hair = createHair(context, library);
  const head = createHead(context, library);
  const eyes = createEyes(context);
  const mouth = createMouthPainter(context);
  const pixels = new Uint8ClampedArray(SIZE * SIZE * 4);

  function draw(pose: FacePose): void {
    const idle = idleAt(pose.timeMs);
    const open = clamp(pose.mouthOpen, 0, 1);
    const width = clamp(pose.mouthWidth, -1, 1);
    const turn = idle.headTurn;
    /** Draws a layer that the turn of the head shifts by `depth` pixels: near things go with it, far things against it. */
    const atDepth = (depth: number, paint: () => void): void => {
      context.save();
      context.translate(PIVOT_X + idle.headX + depth * turn, PIVOT_Y + idle.headY);
      context.rotate(idle.headTilt);
      context.translate(-PIVOT_X, -PIVOT_Y - open * 1.2);
      paint();
      context.restore();
    };

    context.drawImage(background, 0, 0);
    atDepth(-2 - idle.hairSwing * 0.4, hair.drawBack);
    context.drawImage(body, idle.headX * 0.15, BODY_TOP - 2.6 * idle.breath);
    atDepth(-1.2, head.drawEars);
    atDepth(0, () => head.drawFace(open * 9));
    atDepth(2.4, () => {
      eyes.draw({
        closed: idle.eyesClosed,
        gazeX: idle.gazeX - idle.headX * 0.25,
        gazeY: idle.gazeY,
        browLift: 3 * open + (pose.speaking ? 1 + 5 * idle.emphasis : 0),
        smile: 0.5 - 0.3 * open,
      });
      mouth.draw({ open, width });
    });
    atDepth(3.4, head.drawNose);
    atDepth(0.8 + idle.hairSwing * 0.2, hair.drawFront);
  }

  return {
    width: SIZE,
    height: SIZE,
    render(pose) {
      draw(pose);
      // The picture is opaque, so the premultiplied bytes are the colours themselves.
      pixels.set(canvas.data());
      return pixels;
    },
    async renderPng(pose) {
      draw(pose);
      return canvas.encode('png');
    },
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
