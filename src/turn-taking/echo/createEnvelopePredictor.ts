import { BANDS } from './bands.js';

/** Says how loud the echo should be in each band, and learns from how loud it was. */
export interface EnvelopePredictor {
  /** The echo that is expected now, margin included: power, Float32Array [15], valid until the next call. */
  readonly expected: Float32Array;
  /** Works out `expected` from what was played; see {@link createEchoPast}. */
  predict(past: Float32Array): void;
  /**
   * Learns from what was heard, power, Float32Array [15].
   *
   * @param rate - 1 where it is echo, less where it may be the user, more where it surely is echo of another path.
   */
  learn(past: Float32Array, heard: Float32Array, floor: Float32Array, rate: number): void;
  /** How loud the echo comes back beside what is played: dB, mean of the bands of speech. */
  gainDb(): number;
  reset(): void;
}

/** What is known of the past of a band: two direct frames and one either side, and two tails of the room. */
export const PAST_TERMS = 6;
/** At first the echo is taken for as loud as what is played: strict, and soon mended. */
const INITIAL_WEIGHTS = Float32Array.of(0.2, 0.6, 0.3, 0.1, 0.2, 0.1);
const INITIAL_MARGIN_DB = 6;
const LEAST_MARGIN_DB = 1.5;
const MOST_MARGIN_DB = 14;
/** Bands of speech, 500 Hz to 3.3 kHz, and the terms that say how loud an echo is and not how long it lasts. */
const FIRST_BAND = 3;
const LAST_BAND = 11;
const GAIN_TERMS = 5;
/** The share of echo frames that the margin lets stay unexplained: one in eight in each band. */
const QUANTILE = 0.88;
const MARGIN_STEP_DB = 0.12;

/** Makes a predictor that knows nothing yet and so expects much. */
export function createEnvelopePredictor(): EnvelopePredictor {
  const weights = new Float32Array(BANDS * PAST_TERMS);
  const marginsDb = new Float32Array(BANDS);
  const bare = new Float32Array(BANDS);
  const expected = new Float32Array(BANDS);

  function reset(): void {
    for (let band = 0; band < BANDS; band++) weights.set(INITIAL_WEIGHTS, band * PAST_TERMS);
    marginsDb.fill(INITIAL_MARGIN_DB);
    expected.fill(0);
  }
  reset();

  return {
    expected,
    predict(past) {
      for (let band = 0; band < BANDS; band++) {
        let sum = 0;
        for (let at = band * PAST_TERMS; at < (band + 1) * PAST_TERMS; at++) sum += (weights[at] ?? 0) * (past[at] ?? 0);
        bare[band] = sum;
        expected[band] = sum * 10 ** ((marginsDb[band] ?? 0) / 10);
      }
    },
    learn(past, heard, floor, rate) {
      for (let band = 0; band < BANDS; band++) {
        const least = floor[band] ?? 0;
        const predicted = bare[band] ?? 0;
        const was = heard[band] ?? 0;
        let energy = 0;
        for (let at = band * PAST_TERMS; at < (band + 1) * PAST_TERMS; at++) energy += (past[at] ?? 0) ** 2;
        // Where neither should rise above the noise there is nothing to learn.
        if (Math.sqrt(energy) * 1e-6 > was || (predicted < least && was < 2 * least)) continue;
        const relative = Math.max(-1, Math.min(2, (was - predicted - least) / (predicted + least)));
        const step = (0.06 * Math.min(3, rate) * relative * (predicted + least)) / (energy + 1e-16);
        for (let at = band * PAST_TERMS; at < (band + 1) * PAST_TERMS; at++) {
          weights[at] = Math.max(1e-6, Math.min(100, (weights[at] ?? 0) + step * (past[at] ?? 0)));
        }
        const excessDb = 10 * Math.log10((was + 1e-12) / (predicted + least + 1e-12));
        const margin = marginsDb[band] ?? 0;
        const change = MARGIN_STEP_DB * Math.min(1, rate) * (excessDb > margin ? QUANTILE : QUANTILE - 1);
        marginsDb[band] = Math.max(LEAST_MARGIN_DB, Math.min(MOST_MARGIN_DB, margin + change));
      }
    },
    gainDb() {
      let sum = 0;
      for (let band = FIRST_BAND; band < LAST_BAND; band++) {
        let gain = 0;
        for (let term = 0; term < GAIN_TERMS; term++) gain += weights[band * PAST_TERMS + term] ?? 0;
        sum += 10 * Math.log10(gain + 1e-9);
      }
      return sum / (LAST_BAND - FIRST_BAND);
    },
    reset,
  };
}
