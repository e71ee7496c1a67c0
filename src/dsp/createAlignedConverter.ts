import { createResampler } from './createResampler.js';
import { toInt16 } from './pcm.js';

/** Converts the rate of a stream that has an end. Nothing is cut off at either end, and nothing is late. */
export interface AlignedConverter {
  /** Int16Array [samples], mono, any length. Gives a copy also where there is nothing to convert. */
  convert(samples: Int16Array): Int16Array;
  /** What is still inside. */
  end(): Int16Array;
}

const BLOCK = 4096;

/**
 * Makes a converter of which N samples at one rate come out as N x output / input samples, the filter's delay taken out.
 * The output does not depend on how the stream was cut.
 *
 * @throws AvatarError `invalid-options` when a rate is not between 1,000 and 768,000 Hz.
 */
export function createAlignedConverter(inputRateHz: number, outputRateHz: number): AlignedConverter {
  const resampler = createResampler({ inputRateHz, outputRateHz, maxBlockLength: BLOCK });
  if (inputRateHz === outputRateHz) return { convert: (samples) => samples.slice(), end: () => new Int16Array(0) };
  const input = new Float32Array(BLOCK);
  const output = new Float32Array(resampler.maxOutputLength(BLOCK));
  /** Samples of the filter's delay that are still to be left out. */
  let late = Math.round((resampler.latencyMs * outputRateHz) / 1000);
  let taken = 0;
  let given = 0;

  function run(samples: Int16Array): Int16Array {
    const result = new Int16Array(Math.ceil(samples.length / BLOCK) * output.length);
    let filled = 0;
    for (let start = 0; start < samples.length; start += BLOCK) {
      const length = Math.min(BLOCK, samples.length - start);
      for (let i = 0; i < length; i++) input[i] = (samples[start + i] ?? 0) / 32768;
      const written = resampler.process(input, length, output);
      const skipped = Math.min(late, written);
      late -= skipped;
      for (let i = skipped; i < written; i++) result[filled++] = toInt16(output[i] ?? 0);
    }
    return result.slice(0, filled);
  }

  return {
    convert(samples) {
      const converted = run(samples);
      taken += samples.length;
      given += converted.length;
      return converted;
    },
    end() {
      const missing = Math.max(0, Math.round((taken * outputRateHz) / inputRateHz) - given);
      if (missing === 0) return new Int16Array(0);
      // Silence pushes out what the filter still holds; two samples more than needed, for its fractions.
      return run(new Int16Array(Math.ceil(((missing + late) * inputRateHz) / outputRateHz) + 2)).slice(0, missing);
    },
  };
}
