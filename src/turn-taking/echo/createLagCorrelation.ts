import { BANDS } from './bands.js';

/** How alike two signals' spectra move, for every delay of the second behind the first. */
export interface LagCorrelation {
  /** The delay at which they are most alike, frames. */
  readonly lag: number;
  /** How alike they are there, -1 to 1. */
  readonly peak: number;
  /** How alike they are when the second is `lag` frames behind. */
  at(lag: number): number;
  /**
   * Takes a frame's band levels less their means, both Float32Array: of the first signal [lags x 15], where row `newest` is of now and
   * older rows stand before it, round the corner at the start; of the second [15].
   */
  push(history: Float32Array, newest: number, levels: Float32Array): void;
  reset(): void;
}

/**
 * Makes a running correlation that costs `lags x 15` multiplications a frame, however long it remembers.
 *
 * @param lags - how many delays, from 0.
 * @param memoryFrames - time constant.
 */
export function createLagCorrelation(lags: number, memoryFrames: number): LagCorrelation {
  const keep = Math.exp(-1 / memoryFrames);
  const products = new Float32Array(lags);
  const energies = new Float32Array(lags);
  let energy = 0;
  let lag = 0;
  let peak = 0;

  function at(delay: number): number {
    return (products[delay] ?? 0) / Math.sqrt(energy * (energies[delay] ?? 0) + 1);
  }

  return {
    get lag() {
      return lag;
    },
    get peak() {
      return peak;
    },
    at,
    push(history, newest, levels) {
      let now = 0;
      for (let band = 0; band < BANDS; band++) now += (levels[band] ?? 0) ** 2;
      // Locals: a number that a closure keeps is allocated anew at each change.
      const total = keep * energy + now;
      energy = total;
      let best = -1;
      let bestLag = 0;
      for (let delay = 0; delay < lags; delay++) {
        const row = (newest >= delay ? newest - delay : newest - delay + lags) * BANDS;
        let product = 0;
        let own = 0;
        for (let band = 0; band < BANDS; band++) {
          const value = history[row + band] ?? 0;
          product += value * (levels[band] ?? 0);
          own += value * value;
        }
        const shared = keep * (products[delay] ?? 0) + product;
        const theirs = keep * (energies[delay] ?? 0) + own;
        products[delay] = shared;
        energies[delay] = theirs;
        const likeness = shared / Math.sqrt(total * theirs + 1);
        if (likeness > best) {
          best = likeness;
          bestLag = delay;
        }
      }
      peak = best;
      lag = bestLag;
    },
    reset() {
      products.fill(0);
      energies.fill(0);
      energy = 0;
      lag = 0;
      peak = 0;
    },
  };
}
