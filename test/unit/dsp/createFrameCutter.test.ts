import { describe, expect, it } from 'vitest';
import { createFrameCutter } from '../../../src/dsp/createFrameCutter.js';
import { MIC_FRAME_BYTES, MIC_FRAME_SAMPLES, micFrame, type MicFrame } from '../../../src/dsp/micFrame.js';

function capture(inputRateHz: number, blocks: Float32Array[][], references: (Float32Array[] | undefined)[] = []): MicFrame[] {
  const frames: MicFrame[] = [];
  const cutter = createFrameCutter({ inputRateHz, emitFrame: ({ buffer }) => frames.push(micFrame(buffer.slice(0))) });
  blocks.forEach((channels, index) => cutter.push(channels, references[index]));
  return frames;
}

/** Blocks of 128 samples of noise, the same in every run. */
function noisyBlocks(count: number): Float32Array[][] {
  let seed = 1;
  const next = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5;
  return Array.from({ length: count }, () => [Float32Array.from({ length: 128 }, next)]);
}

const constant = (value: number, length: number) => new Float32Array(length).fill(value);

describe('createFrameCutter', () => {
  it.each([16_000, 44_100, 48_000, 96_000])('cuts one second at %i Hz into 100 frames of 10 ms', (rateHz) => {
    const blocks = Array.from({ length: Math.floor(rateHz / 128) }, () => [constant(0.25, 128)]);
    const frames = capture(rateHz, blocks);
    expect(frames.length).toBeGreaterThanOrEqual(99);
    expect(frames.length).toBeLessThanOrEqual(100);
    expect(frames.map((frame) => frame.counters[0])).toEqual(frames.map((_, index) => index));
    expect(frames[50]?.samples.every((sample) => Math.abs(sample - 8192) <= 1)).toBe(true);
    expect(frames[50]?.levels[1]).toBeCloseTo(0.25, 3);
    expect(frames[50]?.buffer.byteLength).toBe(MIC_FRAME_BYTES);
  });

  it('clamps sound above full scale instead of wrapping it', () => {
    const frames = capture(16_000, [[constant(1.03, MIC_FRAME_SAMPLES)], [constant(-1.5, MIC_FRAME_SAMPLES)]]);
    expect(frames[0]?.samples[80]).toBe(32_767);
    expect(frames[1]?.samples[80]).toBe(-32_768);
    expect(frames[1]?.levels[2]).toBe(1);
  });

  it('mixes channels to their mean and takes NaN for silence', () => {
    const frames = capture(16_000, [[constant(0.5, 160), constant(0, 160)], [constant(Number.NaN, 160)]]);
    expect(frames[0]?.samples[0]).toBe(8192);
    expect(frames[1]?.samples[0]).toBe(0);
  });

  it.each([16_000, 22_050, 44_100, 48_000, 96_000])('gives the reference beside the microphone, aligned to the sample, at %i Hz', (rateHz) => {
    const noise = noisyBlocks(300);
    const frames = capture(rateHz, noise, noise);
    expect(frames.length).toBeGreaterThan(20);
    for (const { samples, reference } of frames) expect(reference).toEqual(samples);
  });

  it.each([16_000, 44_100, 44_101, 48_000])('is aligned as well after the avatar was silent for a while, at %i Hz', (rateHz) => {
    const noise = noisyBlocks(2000);
    // Heard, silent for long, heard, silent for less than the filter is long, heard.
    const isHeard = (index: number) => index < 50 || (index >= 1377 && index < 1500) || index >= 1501;
    const heard = noise.map((block, index) => (isHeard(index) ? block : [constant(0, 128)]));
    const whole = capture(rateHz, heard, []);
    const frames = capture(rateHz, noise, noise.map((block, index) => (isHeard(index) ? block : [])));
    expect(frames.map(({ reference }) => reference)).toEqual(whole.map(({ samples }) => samples));
  });

  it('gives zeros where nothing is played', () => {
    const frames = capture(48_000, noisyBlocks(50));
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.every(({ reference }) => reference.every((sample) => sample === 0))).toBe(true);
  });

  it('waits while the input has no channel', () => {
    expect(capture(48_000, [[], []])).toEqual([]);
  });
});
