import { loudness } from '../loudness.js';

/** Rises with the voice and sinks slower than it: what follows each syllable looks nervous. */
const ATTACK = 0.45;
const RELEASE = 0.14;
/** Where motion is not wanted: a few sizes, and long between them. */
const CALM_ATTACK = 0.12;
const CALM_RELEASE = 0.03;
const CALM_STEPS = 3;

/** Turns levels into how large something is drawn. */
export interface LevelSmoother {
  /**
   * @param rms 0 to 1, 50 times a second. Exact silence is taken at once, since nothing may follow it.
   * @param calm true where the user wants less motion.
   * @returns 0 to 1
   */
  next(rms: number, calm: boolean): number;
}

/** Makes a smoother at rest. */
export function createLevelSmoother(): LevelSmoother {
  let value = 0;
  return {
    next(rms, calm) {
      const target = loudness(rms);
      const speed = target > value ? (calm ? CALM_ATTACK : ATTACK) : calm ? CALM_RELEASE : RELEASE;
      value = target === 0 ? 0 : value + (target - value) * speed;
      return calm ? Math.round(value * CALM_STEPS) / CALM_STEPS : value;
    },
  };
}
