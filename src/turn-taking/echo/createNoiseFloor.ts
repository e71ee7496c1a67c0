import { BANDS } from './bands.js';

/** The quietest that each band has lately been. */
export interface NoiseFloor {
  /** Power, Float32Array [15]. */
  readonly powers: Float32Array;
  push(powers: Float32Array): void;
  reset(): void;
}

/** 3 dB a second: a noise that starts is the floor after some seconds, a sentence never. */
const RISE = 10 ** (0.03 / 10);
const LEAST_POWER = 1e-10;
/** A window of silence that was never there says nothing about the room. */
const SKIPPED_FRAMES = 5;

export function createNoiseFloor(): NoiseFloor {
  const powers = new Float32Array(BANDS).fill(LEAST_POWER);
  const smooth = new Float32Array(BANDS);
  let seen = 0;
  return {
    powers,
    push(heard) {
      seen++;
      if (seen < SKIPPED_FRAMES) return;
      for (let band = 0; band < BANDS; band++) {
        const power = heard[band] ?? 0;
        const average = seen === SKIPPED_FRAMES ? power : 0.7 * (smooth[band] ?? 0) + 0.3 * power;
        smooth[band] = average;
        // The mean of a noise is above its minima.
        const floor = seen === SKIPPED_FRAMES ? average : Math.min(1.6 * average, RISE * (powers[band] ?? 0));
        powers[band] = Math.max(LEAST_POWER, floor);
      }
    },
    reset() {
      powers.fill(LEAST_POWER);
      seen = 0;
    },
  };
}
