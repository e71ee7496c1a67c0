import { BANDS } from './bands.js';

/** Band powers as decibels about their own mean: what is left is how the sound moves, whatever colours it. */
export interface BandLevels {
  /** dB, Float32Array [15], -15 to 15; valid until the next call. */
  push(powers: Float32Array, isActive: boolean): Float32Array;
  reset(): void;
}

const RANGE_DB = 15;
const FLOOR_POWER = 1e-10;

/** @param memoryFrames - time constant of the mean. Only active frames count towards it. */
export function createBandLevels(memoryFrames: number): BandLevels {
  const means = new Float32Array(BANDS);
  const levels = new Float32Array(BANDS);
  let seen = 0;

  return {
    push(powers, isActive) {
      if (isActive) seen = Math.min(memoryFrames, seen + 1);
      for (let band = 0; band < BANDS; band++) {
        const db = 10 * Math.log10((powers[band] ?? 0) + FLOOR_POWER);
        const mean = means[band] ?? 0;
        if (isActive) means[band] = mean + (db - mean) / seen;
        levels[band] = seen === 0 ? 0 : Math.max(-RANGE_DB, Math.min(RANGE_DB, db - (means[band] ?? 0)));
      }
      return levels;
    },
    reset() {
      means.fill(0);
      levels.fill(0);
      seen = 0;
    },
  };
}
