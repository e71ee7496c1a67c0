import { describe, expect, it } from 'vitest';
import { createResampler } from '../../../src/dsp/createResampler.js';

const OUTPUT_RATE_HZ = 16_000;
const RATES_HZ = [8_000, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 88_200, 96_000, 192_000];

function sine(frequencyHz: number, rateHz: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / rateHz));
}

function resample(input: Float32Array, inputRateHz: number, outputRateHz: number, blockLengths: readonly number[]): Float32Array {
  const resampler = createResampler({ inputRateHz, outputRateHz });
  const block = new Float32Array(resampler.maxOutputLength(4096));
  const output: number[] = [];
  for (let start = 0, turn = 0; start < input.length; turn++) {
    const length = Math.min(blockLengths[turn % blockLengths.length] ?? 128, input.length - start);
    const written = resampler.process(input.subarray(start, start + length), length, block);
    output.push(...block.subarray(0, written));
    start += length;
  }
  return Float32Array.from(output);
}

/** Amplitude of `frequencyHz` in the steady part of a signal, by correlation over a Hann window. */
function amplitude(signal: Float32Array, frequencyHz: number, rateHz: number): number {
  const from = 800;
  const length = signal.length - 1600;
  let real = 0;
  let imaginary = 0;
  let weight = 0;
  for (let n = 0; n < length; n++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length);
    const angle = (2 * Math.PI * frequencyHz * (n + from)) / rateHz;
    real += window * (signal[n + from] ?? 0) * Math.cos(angle);
    imaginary += window * (signal[n + from] ?? 0) * Math.sin(angle);
    weight += window;
  }
  return (2 * Math.hypot(real, imaginary)) / weight;
}

const decibels = (ratio: number) => 20 * Math.log10(Math.max(ratio, 1e-12));

describe('createResampler', () => {
  it.each(RATES_HZ.filter((rate) => rate >= OUTPUT_RATE_HZ))('passes 0.1 to 7 kHz within 0.01 dB from %i Hz', (rateHz) => {
    for (const frequencyHz of [100, 1000, 3000, 5000, 6500, 7000]) {
      const output = resample(sine(frequencyHz, rateHz, rateHz), rateHz, OUTPUT_RATE_HZ, [128]);
      expect(Math.abs(decibels(amplitude(output, frequencyHz, OUTPUT_RATE_HZ))), `${frequencyHz} Hz`).toBeLessThan(0.01);
    }
  });

  it.each([44_100, 48_000, 96_000])('keeps 9 to 21 kHz out by 100 dB from %i Hz', (rateHz) => {
    for (const frequencyHz of [9000, 9500, 11_000, 13_000, 15_000, 17_000, 19_000, 21_000]) {
      const output = resample(sine(frequencyHz, rateHz, rateHz), rateHz, OUTPUT_RATE_HZ, [128]);
      const folded = Math.abs(frequencyHz - OUTPUT_RATE_HZ * Math.round(frequencyHz / OUTPUT_RATE_HZ));
      expect(decibels(amplitude(output, folded, OUTPUT_RATE_HZ)), `${frequencyHz} Hz`).toBeLessThan(-100);
    }
  });

  it.each(RATES_HZ)('gives the same bits for any cut into blocks from %i Hz', (rateHz) => {
    const input = sine(1234, rateHz, rateHz / 5);
    const whole = resample(input, rateHz, OUTPUT_RATE_HZ, [128]);
    expect(resample(input, rateHz, OUTPUT_RATE_HZ, [1])).toEqual(whole);
    expect(resample(input, rateHz, OUTPUT_RATE_HZ, [441, 7, 1024, 3])).toEqual(whole);
  });

  it.each(RATES_HZ)('neither gains nor loses time from %i Hz', (rateHz) => {
    const seconds = 3;
    const output = resample(new Float32Array(rateHz * seconds), rateHz, OUTPUT_RATE_HZ, [128]);
    expect(Math.abs(output.length - OUTPUT_RATE_HZ * seconds)).toBeLessThanOrEqual(1);
  });

  it('delays by at most 1.7 ms at the rates of real hardware', () => {
    for (const inputRateHz of [44_100, 48_000, 96_000]) {
      expect(createResampler({ inputRateHz, outputRateHz: OUTPUT_RATE_HZ }).latencyMs).toBeLessThanOrEqual(1.7);
    }
  });

  it('raises the rate without images', () => {
    const output = resample(sine(3000, 16_000, 16_000), 16_000, 48_000, [160]);
    expect(Math.abs(decibels(amplitude(output, 3000, 48_000)))).toBeLessThan(0.01);
    for (const image of [13_000, 19_000]) expect(decibels(amplitude(output, image, 48_000))).toBeLessThan(-100);
  });

  it('refuses rates that no device has', () => {
    for (const inputRateHz of [0, -1, Number.NaN, 999, 1e9]) {
      expect(() => createResampler({ inputRateHz, outputRateHz: OUTPUT_RATE_HZ })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
  });
});
