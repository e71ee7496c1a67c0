import { FILTER_LENGTH, RESPONSE_SAMPLES } from './responseSamples.js';

/** The filter's coefficients, sampled for each phase of an output between two inputs. */
export interface FilterBank {
  /** Float32Array [phases + 1][rowLength]; the last row is phase 1, for interpolation. */
  readonly rows: Float32Array;
  /** Coefficients in a row, the leading zeros included: a multiple of 4. */
  readonly rowLength: number;
  /** Coefficients that are not padding; half of them is the filter's delay. */
  readonly tapCount: number;
}

/**
 * Samples the filter at the input rate.
 *
 * @param inputRate in any unit that it shares with `outputRate`
 * @see Frequency-sampling design with optimised transition: Rabiner, Gold, McGonegal, "An Approach to the Approximation Problem for
 * Nonrecursive Digital Filters", IEEE Transactions on Audio and Electroacoustics 18 (1970)
 */
export function designBank(inputRate: number, outputRate: number, phases: number): FilterBank {
  const lowerRate = Math.min(inputRate, outputRate);
  const tapCount = Math.ceil((FILTER_LENGTH * inputRate) / lowerRate);
  const rowLength = Math.ceil(tapCount / 4) * 4;
  // In front, where the oldest samples are: behind, the rows would wait for samples that they ignore.
  const padding = rowLength - tapCount;
  const rows = new Float32Array((phases + 1) * rowLength);
  const row = new Float64Array(tapCount);
  for (let phase = 0; phase <= phases; phase++) {
    let sum = 0;
    for (let k = 0; k < tapCount; k++) {
      // Distance of tap k from the output instant, in input samples.
      const distance = k - tapCount / 2 + 1 - phase / phases;
      const value = impulseResponse((distance * lowerRate) / inputRate);
      row[k] = value;
      sum += value;
    }
    // Every phase passes a constant unchanged: otherwise the phases would modulate it.
    for (let k = 0; k < tapCount; k++) rows[phase * rowLength + padding + k] = (row[k] ?? 0) / sum;
  }
  return { rows, rowLength, tapCount };
}

/** Sum of cosines, by Clenshaw's recurrence; `time` in samples of the lower rate. */
function impulseResponse(time: number): number {
  if (Math.abs(time) >= FILTER_LENGTH / 2) return 0;
  const cosine = Math.cos((2 * Math.PI * time) / FILTER_LENGTH);
  let next = 0;
  let afterNext = 0;
  for (let j = RESPONSE_SAMPLES.length - 1; j > 0; j--) {
    const value = 2 * (RESPONSE_SAMPLES[j] ?? 0) + 2 * cosine * next - afterNext;
    afterNext = next;
    next = value;
  }
  return (RESPONSE_SAMPLES[0] ?? 0) + cosine * next - afterNext;
}
