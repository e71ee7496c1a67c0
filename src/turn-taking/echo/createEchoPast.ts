import { BANDS } from './bands.js';
import { PAST_TERMS } from './createEnvelopePredictor.js';

/** Delays that are looked for: 0 to 520 ms. */
export const LAGS = 53;

/** The bands of what was played, as far back as an echo may come from. */
export interface EchoPast {
  /** Levels less their means, dB: Float32Array [53 x 15], a ring of rows. */
  readonly levels: Float32Array;
  /** The row of now. */
  readonly newest: number;
  /** Adds a frame: power, and level less its mean, Float32Array [15] each. */
  push(powers: Float32Array, levels: Float32Array): void;
  /** What can be heard now if the echo is `delay` frames late: Float32Array [15 x 6], valid until the next call. */
  terms(delay: number): Float32Array;
  reset(): void;
}

const FAST_TAIL = Math.exp(-1 / 4);
const SLOW_TAIL = Math.exp(-1 / 12);

export function createEchoPast(): EchoPast {
  const levels = new Float32Array(LAGS * BANDS);
  const powers = new Float32Array(LAGS * BANDS);
  const fast = new Float32Array(LAGS * BANDS);
  const slow = new Float32Array(LAGS * BANDS);
  const terms = new Float32Array(BANDS * PAST_TERMS);
  let newest = 0;

  function rowOf(delay: number): number {
    const late = Math.max(0, Math.min(LAGS - 1, delay));
    return (newest >= late ? newest - late : newest - late + LAGS) * BANDS;
  }

  return {
    levels,
    get newest() {
      return newest;
    },
    push(frame, frameLevels) {
      const before = newest * BANDS;
      newest = newest + 1 === LAGS ? 0 : newest + 1;
      const now = newest * BANDS;
      levels.set(frameLevels, now);
      powers.set(frame, now);
      for (let band = 0; band < BANDS; band++) {
        const power = frame[band] ?? 0;
        fast[now + band] = FAST_TAIL * (fast[before + band] ?? 0) + (1 - FAST_TAIL) * power;
        slow[now + band] = SLOW_TAIL * (slow[before + band] ?? 0) + (1 - SLOW_TAIL) * power;
      }
    },
    terms(delay) {
      const early = rowOf(delay - 1);
      const direct = rowOf(delay);
      const late = rowOf(delay + 1);
      const later = rowOf(delay + 3);
      const tail = rowOf(delay + 2);
      for (let band = 0, at = 0; band < BANDS; band++) {
        terms[at++] = powers[early + band] ?? 0;
        terms[at++] = powers[direct + band] ?? 0;
        terms[at++] = powers[late + band] ?? 0;
        terms[at++] = powers[later + band] ?? 0;
        terms[at++] = fast[tail + band] ?? 0;
        terms[at++] = slow[tail + band] ?? 0;
      }
      return terms;
    },
    reset() {
      levels.fill(0);
      powers.fill(0);
      fast.fill(0);
      slow.fill(0);
      newest = 0;
    },
  };
}
