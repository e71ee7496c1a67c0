import { describe, expect, it } from 'vitest';
import { createJitterBuffer } from '../../../src/dsp/createJitterBuffer.js';
import { createChunkPool } from '../../../src/audio/createChunkPool.js';
import { pcmChunk } from '../../../src/dsp/pcmChunk.js';

const RATE_HZ = 48_000;
const QUANTUM = 128;
const QUANTUM_MS = (QUANTUM / RATE_HZ) * 1000;

/** A jitter buffer at 48 kHz whose sound is recorded. */
function player() {
  const released: ArrayBuffer[] = [];
  const buffer = createJitterBuffer({ outputRateHz: RATE_HZ, onRelease: (chunk) => released.push(chunk.buffer) });
  const pool = createChunkPool();
  const heard: number[] = [];
  const quantum = new Float32Array(QUANTUM);
  let owedMs = 0;
  const renderOnce = () => {
    quantum.fill(Number.NaN); // whatever is not written would show
    buffer.render(quantum);
    heard.push(...quantum);
  };
  return {
    buffer,
    released,
    heard,
    push: (samples: Int16Array, rateHz = RATE_HZ) => pool.cut(samples, rateHz, (chunk) => buffer.push(pcmChunk(chunk))),
    render(durationMs: number) {
      for (owedMs += durationMs; owedMs > 0; owedMs -= QUANTUM_MS) renderOnce();
    },
    /** Renders until idle; fails when that takes more than `limitMs`. */
    renderToEnd(limitMs: number) {
      for (let ms = 0; buffer.state !== 'idle' || ms === 0; ms += QUANTUM_MS) {
        if (ms > limitMs) throw new Error(`still ${buffer.state} after ${limitMs} ms`);
        renderOnce();
      }
    },
  };
}

/** Samples that are never 0 and never repeat soon, so that any loss, doubling or move shows. */
function pattern(length: number): Int16Array {
  return Int16Array.from({ length }, (_, i) => ((i * 7919) % 30_011) + 1);
}

function sine(frequencyHz: number, rateHz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, n) => Math.round(16_000 * Math.sin((2 * Math.PI * frequencyHz * n) / rateHz)));
}

/** What was heard from the first sound on, as int16. */
function sound(heard: readonly number[]): number[] {
  const first = heard.findIndex((value) => value !== 0);
  return first < 0 ? [] : heard.slice(first).map((value) => value * 32768);
}

/** Where two sounds differ first; -1 when they are the same. */
function firstDifference(heard: readonly number[], wanted: Int16Array): number {
  return heard.length < wanted.length ? heard.length : wanted.findIndex((sample, i) => sample !== heard[i]);
}

const largestStep = (heard: readonly number[]) => heard.reduce((most, value, i) => Math.max(most, Math.abs(value - (heard[i - 1] ?? 0))), 0);

describe('createJitterBuffer', () => {
  it.each([[[960]], [[1]], [[480, 7, 4096, 127, 129]], [[10_000]], [[24_000]]])('plays what it was given bit by bit, cut into pieces of %j', (lengths) => {
    const speech = pattern(24_000);
    const { push, buffer, heard, renderToEnd, released } = player();
    for (let start = 0, turn = 0; start < speech.length; turn++) {
      const length = lengths[turn % lengths.length] ?? 1;
      push(speech.subarray(start, start + length));
      start += length;
    }
    buffer.end();
    renderToEnd(600);
    expect(firstDifference(sound(heard), speech)).toBe(-1);
    expect(released.length).toBeGreaterThan(0);
    expect(buffer.playedMs).toBeCloseTo(500, 9);
    expect(buffer.bufferedMs).toBe(0);
  });

  it('plays speech that arrives 20 ms at a time, late by up to 40 ms, without a gap', () => {
    const speech = pattern(48_000);
    const { push, buffer, heard, render } = player();
    let pushed = 0;
    for (let ms = 0; pushed < speech.length; ms += 20) {
      // Every third chunk brings the two that were held back before it.
      if ((ms / 20) % 3 === 2) {
        push(speech.subarray(pushed, pushed + 3 * 960));
        pushed += 3 * 960;
      }
      render(20);
    }
    buffer.end();
    render(200);
    expect(firstDifference(sound(heard), speech)).toBe(-1);
    expect(buffer.underruns).toBe(0);
  });

  it('gathers 70 ms before the first sound', () => {
    const { push, buffer, heard, render } = player();
    expect(buffer.targetMs).toBe(70);
    push(pattern(48 * 69));
    render(60);
    expect(buffer.state).toBe('filling');
    push(pattern(48));
    render(QUANTUM_MS);
    expect(buffer.state).toBe('playing');
    expect(heard.at(-1)).not.toBe(0);
  });

  it('plays a word that is shorter than the target when nothing follows', () => {
    const { push, buffer, heard, render } = player();
    push(pattern(480));
    render(190);
    expect(sound(heard)).toEqual([]);
    render(20);
    expect(firstDifference(sound(heard), pattern(480))).toBe(-1);
    expect(buffer.underruns).toBe(0);
  });

  it('plays the tail at once when it is told that no more is coming', () => {
    const { push, buffer, heard, render } = player();
    push(pattern(480));
    buffer.end();
    render(10);
    expect(firstDifference(sound(heard), pattern(480))).toBe(-1);
    render(10);
    expect(buffer.state).toBe('idle');
  });

  it('fades to silence within a quantum and 8 ms when it is cleared, without a click', () => {
    const { push, buffer, heard, render, released } = player();
    push(sine(440, RATE_HZ, RATE_HZ));
    render(301);
    const played = buffer.playedMs;
    const before = heard.length;
    const steepest = largestStep(heard);
    buffer.clear();
    expect(played).toBeCloseTo((before / RATE_HZ) * 1000, 9);
    expect(buffer.playedMs).toBe(0);
    expect(buffer.bufferedMs).toBe(0);
    expect(released).toHaveLength(12);
    render(50);
    const after = heard.slice(before);
    const silentFrom = after.findLastIndex((value) => value !== 0) + 1;
    expect(silentFrom).toBeGreaterThan(0);
    expect((silentFrom / RATE_HZ) * 1000).toBeLessThanOrEqual(8);
    expect(largestStep(heard)).toBeLessThan(steepest * 1.5);
    expect(buffer.state).toBe('idle');
  });

  it('says nothing of the old reply after it was cleared, and all of the new one', () => {
    const { push, buffer, heard, render } = player();
    push(new Int16Array(RATE_HZ).fill(-8000));
    render(100);
    buffer.clear();
    const before = heard.length;
    push(pattern(9600));
    buffer.end();
    render(300);
    const after = heard.slice(before).map((value) => value * 32768);
    const begin = after.findIndex((value) => value > 0);
    expect(firstDifference(after.slice(begin), pattern(9600))).toBe(-1);
    expect(buffer.playedMs).toBeCloseTo(200, 9);
  });

  it('does not click when speech breaks off, and not when it goes on', () => {
    const { push, buffer, heard, render } = player();
    // Broken off and taken up at the crest, where a cut is loudest.
    push(new Int16Array(4800).fill(16_000));
    render(160);
    expect(buffer.state).toBe('waiting');
    push(new Int16Array(9600).fill(16_000));
    render(100);
    expect(buffer.state).toBe('playing');
    const firstSound = heard.findIndex((value) => value !== 0);
    const steps = heard.slice(firstSound + 1).map((value, i) => Math.abs(value - (heard[firstSound + i] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
  });

  it('counts an underrun, asks for more from then on, and loses nothing', () => {
    const speech = pattern(48 * 400);
    const { push, buffer, heard, render } = player();
    push(speech.subarray(0, 48 * 100));
    render(150); // 50 ms too late
    push(speech.subarray(48 * 100, 48 * 200));
    expect(buffer.underruns).toBe(1);
    expect(buffer.targetMs).toBeGreaterThan(70 + 40);
    expect(buffer.targetMs).toBeLessThan(70 + 60);
    render(20);
    expect(buffer.state).toBe('waiting');
    push(speech.subarray(48 * 200));
    render(20);
    expect(buffer.state).toBe('playing');
    render(400);
    const values = sound(heard);
    expect(firstDifference(values, speech.subarray(0, 4800))).toBe(-1);
    // The last sample of the rise is played as it is.
    const resume = values.indexOf(speech[4800 + 144] ?? 0, 4800);
    expect(firstDifference(values.slice(resume), speech.subarray(4800 + 144))).toBe(-1);
    expect(buffer.playedMs).toBeCloseTo(400, 9);
  });

  it('takes a long silence for the end of the reply, not for an underrun', () => {
    const { push, buffer, render } = player();
    push(pattern(4800));
    render(500);
    expect(buffer.state).toBe('idle');
    push(pattern(4800));
    render(500);
    expect(buffer.underruns).toBe(0);
    expect(buffer.targetMs).toBe(70);
  });

  it('keeps minutes of speech and plays all of them', () => {
    const rateHz = 24_000;
    const minutes = 3;
    const { push, buffer } = player();
    const minute = pattern(rateHz * 60);
    for (let i = 0; i < minutes; i++) push(minute, rateHz);
    buffer.end();
    expect(buffer.bufferedMs).toBeCloseTo(minutes * 60_000, 6);
    const output = new Float32Array(QUANTUM);
    let quanta = 0;
    for (; buffer.state !== 'idle'; quanta++) buffer.render(output);
    expect(quanta).toBe((minutes * 60 * RATE_HZ) / QUANTUM + 1);
    expect(buffer.playedMs).toBeCloseTo(minutes * 60_000, 6);
  });

  it.each([8_000, 16_000, 22_050, 24_000, 44_100, 96_000])('converts %i Hz without moving, losing or gaining a millisecond', (rateHz) => {
    const { push, buffer, heard, renderToEnd } = player();
    push(sine(500, rateHz, rateHz), rateHz);
    buffer.end();
    renderToEnd(1200);
    expect(buffer.playedMs).toBeCloseTo(1000, 6);
    // A second of a sine, as it would have been made at 48 kHz; the edges are blurred by the filter.
    const wanted = sine(500, RATE_HZ, RATE_HZ);
    const worst = heard.slice(960, 47_000).reduce((most, value, i) => Math.max(most, Math.abs(value * 32768 - (wanted[960 + i] ?? 0))), 0);
    expect(worst).toBeLessThan(16_000 * 0.05);
    const crossings = heard.filter((value, i) => i > 0 && (heard[i - 1] ?? 0) < 0 && value >= 0).length;
    expect(Math.abs(crossings - 500)).toBeLessThanOrEqual(1);
  });

  it('plays on where the rate changes between two replies', () => {
    const { push, buffer, renderToEnd, heard } = player();
    push(sine(400, 24_000, 12_000), 24_000);
    push(sine(400, 16_000, 8_000), 16_000);
    push(sine(400, RATE_HZ, 24_000), RATE_HZ);
    buffer.end();
    renderToEnd(1600);
    expect(buffer.playedMs).toBeCloseTo(1500, 6);
    expect(largestStep(heard)).toBeLessThan(0.1);
  });
});
