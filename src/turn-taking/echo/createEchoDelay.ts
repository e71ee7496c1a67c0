import { createLagCorrelation } from './createLagCorrelation.js';
import { LAGS, type EchoPast } from './createEchoPast.js';

/** Finds how much later than what is played its echo is heard. */
export interface EchoDelay {
  /** Frames of 10 ms. */
  readonly frames: number;
  /** How much of what moves in the microphone moves as the reference did, -1 to 1. */
  readonly likeness: number;
  /** Takes the levels of a frame of the microphone, Float32Array [15]. */
  push(past: EchoPast, levels: Float32Array): void;
  reset(): void;
}

/** Long memory for certainty, short for a jump: a phone that is moved, a buffer that grows. */
const LONG_FRAMES = 250;
const SHORT_FRAMES = 40;
/** By how much another delay must be better, lest the estimate flutter. */
const ADVANTAGE = 0.03;
const SURE = 0.75;

export function createEchoDelay(): EchoDelay {
  const long = createLagCorrelation(LAGS, LONG_FRAMES);
  const short = createLagCorrelation(LAGS, SHORT_FRAMES);
  let frames = 0;

  return {
    get frames() {
      return frames;
    },
    get likeness() {
      return long.at(frames);
    },
    push(past, levels) {
      long.push(past.levels, past.newest, levels);
      short.push(past.levels, past.newest, levels);
      if (short.peak > SURE && short.peak > short.at(frames) + 4 * ADVANTAGE) frames = short.lag;
      else if (long.peak > long.at(frames) + ADVANTAGE && short.at(long.lag) > short.at(frames) - ADVANTAGE) frames = long.lag;
    },
    reset() {
      long.reset();
      short.reset();
      frames = 0;
    },
  };
}
