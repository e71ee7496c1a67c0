import { createResampler } from './createResampler.js';
import { int16ToFloat, toInt16 } from './pcm.js';

/**
 * Converts a finished recording: Int16Array [samples], mono, from one sample rate to another.
 * The filter's delay is taken out and its tail kept, so that nothing is cut off at either end.
 */
export function convertPcm(samples: Int16Array, inputRateHz: number, outputRateHz: number): Int16Array {
  if (inputRateHz === outputRateHz) return samples.slice();
  const padding = Math.ceil(inputRateHz / 100);
  const resampler = createResampler({ inputRateHz, outputRateHz, maxBlockLength: samples.length + padding });
  const input = new Float32Array(samples.length + padding);
  input.set(int16ToFloat(samples));
  const output = new Float32Array(resampler.maxOutputLength(input.length) + 1);
  const written = resampler.process(input, input.length, output);
  const delay = Math.round((resampler.latencyMs * outputRateHz) / 1000);
  const wanted = Math.round((samples.length * outputRateHz) / inputRateHz);
  const result = new Int16Array(Math.min(wanted, Math.max(0, written - delay)));
  for (let i = 0; i < result.length; i++) result[i] = toInt16(output[delay + i] ?? 0);
  return result;
}
