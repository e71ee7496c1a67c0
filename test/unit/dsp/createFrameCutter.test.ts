import { describe, expect, it } from 'vitest';
import { createFrameCutter } from '../../../src/dsp/createFrameCutter.js';
import { MIC_FRAME_BYTES, MIC_FRAME_SAMPLES, micFrame, type MicFrame } from '../../../src/dsp/micFrame.js';

function capture(inputRateHz: number, blocks: Float32Array[][], takeFrame: () => MicFrame | null = () => micFrame()): MicFrame[] {
  const frames: MicFrame[] = [];
  const cutter = createFrameCutter({ inputRateHz, takeFrame, emitFrame: (frame) => frames.push(frame) });
  for (const channels of blocks) cutter.push(channels);
  return frames;
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

  it('skips a sequence number for each frame that had no buffer', () => {
    let turn = 0;
    const frames = capture(16_000, Array.from({ length: 4 }, () => [constant(0, 160)]), () => (turn++ === 1 ? null : micFrame()));
    expect(frames.map((frame) => frame.counters[0])).toEqual([0, 2, 3]);
  });

  it('waits while the input has no channel', () => {
    expect(capture(48_000, [[], []])).toEqual([]);
  });
});
