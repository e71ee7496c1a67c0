import { afterEach, describe, expect, it, vi } from 'vitest';
import { createResampler, type ResamplerOptions } from '../../../src/dsp/createResampler.js';

const OUTPUT_RATE_HZ = 16_000;
const RATES_HZ = [8_000, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 88_200, 96_000, 192_000];

function sine(frequencyHz: number, rateHz: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / rateHz));
}

function resample(
  input: Float32Array,
  inputRateHz: number,
  outputRateHz: number,
  blockLengths: readonly number[],
  engine?: ResamplerOptions['engine'],
): Float32Array {
  const resampler = createResampler({ inputRateHz, outputRateHz, ...(engine && { engine }) });
  const block = new Float32Array(resampler.maxOutputLength(4096));
  const output: number[] = [];
  for (let start = 0, turn = 0; start < input.length; turn++) {
    const length = Math.min(blockLengths[turn % blockLengths.length] ?? 128, input.length - start);
    const written = resampler.process(input.subarray(start, start + length), length, block);
    for (const sample of block.subarray(0, written)) output.push(sample);
    start += length;
  }
  return Float32Array.from(output);
}

/** Noise at full scale, the same each time. */
function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
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

/** What a content security policy without 'wasm-unsafe-eval' does. */
function refuse(): never {
  throw new Error('Refused to compile or instantiate WebAssembly module');
}

afterEach(() => vi.unstubAllGlobals());

const decibels = (ratio: number) => 20 * Math.log10(Math.max(ratio, 1e-12));

describe('createResampler', () => {
  it.each(RATES_HZ.filter((rate) => rate >= OUTPUT_RATE_HZ))('passes 0.1 to 7 kHz within 0.01 dB from %i Hz', (rateHz) => {
    for (const frequencyHz of [100, 1000, 3000, 5000, 6500, 7000]) {
      const output = resample(sine(frequencyHz, rateHz, rateHz), rateHz, OUTPUT_RATE_HZ, [128]);
      expect(Math.abs(decibels(amplitude(output, frequencyHz, OUTPUT_RATE_HZ))), `${frequencyHz} Hz`).toBeLessThan(0.01);
    }
  });

  it.each([44_100, 48_000, 96_000])('keeps 9 to 23 kHz out by 100 dB, whatever it would fold to, from %i Hz', (rateHz) => {
    for (let frequencyHz = 9000; frequencyHz <= Math.min(23_000, rateHz / 2 - 1000); frequencyHz += 250) {
      const steady = resample(sine(frequencyHz, rateHz, rateHz / 4), rateHz, OUTPUT_RATE_HZ, [128]).subarray(100);
      const energy = steady.reduce((sum, x) => sum + x * x, 0) / steady.length;
      expect(decibels(Math.sqrt(2 * energy)), `${frequencyHz} Hz`).toBeLessThan(-100);
    }
  });

  it.each(RATES_HZ)('gives the same bits for any cut into blocks from %i Hz', (rateHz) => {
    const input = sine(1234, rateHz, rateHz / 5);
    const whole = resample(input, rateHz, OUTPUT_RATE_HZ, [128]);
    expect(resample(input, rateHz, OUTPUT_RATE_HZ, [1])).toEqual(whole);
    expect(resample(input, rateHz, OUTPUT_RATE_HZ, [441, 7, 1024, 3])).toEqual(whole);
  });

  it.each(RATES_HZ)('gives the same bits in TypeScript as in WebAssembly from %i Hz', (rateHz) => {
    expect(createResampler({ inputRateHz: rateHz, outputRateHz: OUTPUT_RATE_HZ }).engine).toBe('wasm');
    expect(createResampler({ inputRateHz: rateHz, outputRateHz: OUTPUT_RATE_HZ, engine: 'typescript' }).engine).toBe('typescript');
    const input = noise(rateHz / 5);
    const simd = resample(input, rateHz, OUTPUT_RATE_HZ, [128]);
    const scalar = resample(input, rateHz, OUTPUT_RATE_HZ, [441, 7, 1024, 3], 'typescript');
    expect(new Uint32Array(scalar.buffer)).toEqual(new Uint32Array(simd.buffer));
  });

  it.each([
    ['a page that refuses to compile it', { Module: refuse }],
    ['an engine without it', undefined],
  ])('works without WebAssembly: %s', (_, webAssembly) => {
    const input = noise(4800);
    const expected = resample(input, 48_000, OUTPUT_RATE_HZ, [128]);
    vi.stubGlobal('WebAssembly', webAssembly);
    expect(createResampler({ inputRateHz: 48_000, outputRateHz: OUTPUT_RATE_HZ }).engine).toBe('typescript');
    expect(resample(input, 48_000, OUTPUT_RATE_HZ, [128])).toEqual(expected);
  });

  it.each([undefined, 'typescript'] as const)('is as new after a reset (engine: %s)', (engine) => {
    const resampler = createResampler({ inputRateHz: 44_100, outputRateHz: OUTPUT_RATE_HZ, ...(engine && { engine }) });
    const input = noise(1000);
    const first = new Float32Array(resampler.maxOutputLength(1000));
    const second = new Float32Array(first.length);
    const count = resampler.process(input, 1000, first);
    resampler.reset();
    expect(resampler.process(input, 1000, second)).toBe(count);
    expect(second).toEqual(first);
  });

  it('takes as much of a longer buffer as it is told to', () => {
    const input = noise(128);
    const longer = Float32Array.from({ length: 256 }, (_, n) => input[n] ?? 9);
    const resampler = createResampler({ inputRateHz: 48_000, outputRateHz: OUTPUT_RATE_HZ });
    const output = new Float32Array(resampler.maxOutputLength(128));
    const count = resampler.process(longer, 128, output);
    expect(output.slice(0, count)).toEqual(resample(input, 48_000, OUTPUT_RATE_HZ, [128]));
  });

  it('refuses a block that is longer than it was made for', () => {
    const resampler = createResampler({ inputRateHz: 48_000, outputRateHz: OUTPUT_RATE_HZ, maxBlockLength: 128 });
    expect(() => resampler.process(new Float32Array(129), 129, new Float32Array(100))).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
  });

  it.each([
    [768_000, 1000],
    [1000, 768_000],
  ])('converts %i to %i Hz, the farthest apart that it allows', (inputRateHz, outputRateHz) => {
    const input = new Float32Array(inputRateHz / 4).fill(0.5);
    const output = resample(input, inputRateHz, outputRateHz, [128]);
    expect(output.at(-1)).toBeCloseTo(0.5, 5);
    expect(resample(input, inputRateHz, outputRateHz, [4096, 1], 'typescript')).toEqual(output);
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
