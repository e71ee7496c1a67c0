import { createResampler, type Resampler } from './createResampler.js';
import { toInt16 } from './pcm.js';

/** Converts a stream of PCM, piece by piece, without seams. */
export interface StreamConverter {
  /**
   * @param samples Int16Array [samples], mono, any length
   * @param inputRateHz may change from one piece to the next; a change begins anew
   * @returns Int16Array [samples] at the converter's rate; the filter's delay behind the input
   */
  convert(samples: Int16Array, inputRateHz: number): Int16Array;
  /** Forgets what went before. */
  reset(): void;
}

/** Pieces are fed to the resampler in blocks of this. */
const BLOCK = 4096;

/** Makes a converter to one rate. */
export function createStreamConverter(outputRateHz: number): StreamConverter {
  let rateHz = 0;
  let resampler: Resampler | null = null;
  const input = new Float32Array(BLOCK);

  return {
    convert(samples, inputRateHz) {
      if (inputRateHz === outputRateHz) return samples;
      if (!resampler || rateHz !== inputRateHz) {
        resampler = createResampler({ inputRateHz, outputRateHz, maxBlockLength: BLOCK });
        rateHz = inputRateHz;
      }
      const block = new Float32Array(resampler.maxOutputLength(BLOCK));
      const blocks = Math.ceil(samples.length / BLOCK);
      const output = new Int16Array(blocks * block.length);
      let filled = 0;
      for (let start = 0; start < samples.length; start += BLOCK) {
        const length = Math.min(BLOCK, samples.length - start);
        for (let i = 0; i < length; i++) input[i] = (samples[start + i] ?? 0) / 32768;
        const written = resampler.process(input, length, block);
        for (let i = 0; i < written; i++) output[filled++] = toInt16(block[i] ?? 0);
      }
      return output.slice(0, filled);
    },
    reset() {
      resampler = null;
    },
  };
}
