import { createSpeechLevel } from './createSpeechLevel.js';
import { createVowelShape } from './createVowelShape.js';

const FRAME_MS = 10;
const ATTACK = 1 - Math.exp(-FRAME_MS / 20);
const RELEASE = 1 - Math.exp(-FRAME_MS / 70);
/** An exponential never arrives: in silence this much more is taken off every frame, so the lips meet within 120 ms. */
const CLOSING_STEP = 0.03;
const SHAPING = 1 - Math.exp(-FRAME_MS / 45);
/** Teeth are nearly shut while hissing, however loud the hiss is. */
const HISS_OPEN = 0.28;

export interface MouthPose {
  /** 0 closed to 1 wide open. */
  readonly mouthOpen: number;
  /** -1 round (o, u) to 1 wide (s, sh, i). */
  readonly mouthWidth: number;
}

/** A mouth that follows speech. */
export interface Mouth {
  /** @param frame - Int16Array [160], mono, 16 kHz: the 10 ms that are being played now. */
  push(frame: Int16Array): void;
  /** Closes at once, as when the avatar is interrupted. What was learnt about the voice's level is kept. */
  reset(): void;
  pose(): MouthPose;
}

/**
 * Turns the sound that is being played into a mouth shape: how far open from the level, how wide from the spectrum.
 * Loud and soft voices open it alike, and steady noise does not move it.
 *
 * @example
 * ```ts
 * const mouth = createMouth();
 * for (const frame of frames) {
 *   mouth.push(frame);
 *   const { mouthOpen, mouthWidth } = mouth.pose();
 * }
 * ```
 */
export function createMouth(): Mouth {
  const speechLevel = createSpeechLevel();
  const vowelShape = createVowelShape();
  let open = 0;
  let width = 0;

  return {
    push(frame) {
      const level = speechLevel(frame);
      const shape = vowelShape(frame);
      const hissed = level * (1 - shape.hiss) + Math.min(level, HISS_OPEN) * shape.hiss;
      open += (hissed - open) * (hissed > open ? ATTACK : RELEASE);
      if (level === 0) open = Math.max(0, open - CLOSING_STEP);
      width += ((level === 0 ? 0 : shape.width) - width) * SHAPING;
    },
    reset() {
      open = 0;
      width = 0;
    },
    pose: () => ({ mouthOpen: open, mouthWidth: width }),
  };
}
