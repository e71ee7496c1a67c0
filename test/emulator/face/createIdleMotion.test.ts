import { describe, expect, it } from 'vitest';
import { createIdleMotion } from '../../../src/emulator/face/createIdleMotion.js';

const STEP_MS = 10;
const WATCHED_MS = 20 * 60_000;

/** Start and length of every blink of one face. */
function watchBlinks(seed: number): { startMs: number; lengthMs: number; deepest: number }[] {
  const idleAt = createIdleMotion(seed);
  const blinks: { startMs: number; lengthMs: number; deepest: number }[] = [];
  let current: { startMs: number; lengthMs: number; deepest: number } | null = null;
  for (let timeMs = 0; timeMs < WATCHED_MS; timeMs += STEP_MS) {
    const { eyesClosed } = idleAt(timeMs);
    if (eyesClosed === 0) current = null;
    else if (current) {
      current.lengthMs += STEP_MS;
      current.deepest = Math.max(current.deepest, eyesClosed);
    } else blinks.push((current = { startMs: timeMs, lengthMs: STEP_MS, deepest: eyesClosed }));
  }
  return blinks;
}

describe('blinking', () => {
  const blinks = watchBlinks(7);
  const gaps = blinks.slice(1).map((blink, i) => blink.startMs - (blinks[i]?.startMs ?? 0));
  const meanGap = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;

  it('happens as often as in people: 12 to 25 times a minute', () => {
    const perMinute = blinks.length / (WATCHED_MS / 60_000);
    expect(perMinute).toBeGreaterThan(12);
    expect(perMinute).toBeLessThan(25);
  });

  it('is irregular', () => {
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - meanGap) ** 2, 0) / gaps.length);
    expect(spread / meanGap).toBeGreaterThan(0.3);
  });

  it('is sometimes double and mostly not', () => {
    const doubles = gaps.filter((gap) => gap < 450).length;
    expect(doubles / blinks.length).toBeGreaterThan(0.05);
    expect(doubles / blinks.length).toBeLessThan(0.3);
  });

  it('closes the eyes fully and for less than half a second', () => {
    for (const { deepest, lengthMs } of blinks) {
      expect(deepest).toBe(1);
      expect(lengthMs).toBeGreaterThan(150);
      expect(lengthMs).toBeLessThan(500);
    }
  });

  it('differs from one seed to the next', () => {
    expect(watchBlinks(8).slice(0, 20)).not.toEqual(blinks.slice(0, 20));
  });
});

describe('idle motion', () => {
  it('is a function of time alone, in whatever order it is asked', () => {
    const forwards = createIdleMotion(3);
    const backwards = createIdleMotion(3);
    const times = Array.from({ length: 200 }, (_, i) => i * 173);
    const later = times.toReversed().map((timeMs) => backwards(timeMs)).toReversed();
    expect(times.map((timeMs) => forwards(timeMs))).toEqual(later);
  });

  it('moves the head by less than a pixel from frame to frame, but does move it', () => {
    const idleAt = createIdleMotion(3);
    let furthest = 0;
    for (let timeMs = 0; timeMs < 60_000; timeMs += 40) {
      const now = idleAt(timeMs);
      const next = idleAt(timeMs + 40);
      expect(Math.abs(next.headX - now.headX)).toBeLessThan(1);
      expect(Math.abs(next.headY - now.headY)).toBeLessThan(1);
      furthest = Math.max(furthest, Math.abs(now.headX));
    }
    expect(furthest).toBeGreaterThan(2);
  });

  it('keeps the eyes on the viewer most of the time', () => {
    const idleAt = createIdleMotion(3);
    const times = Array.from({ length: 3000 }, (_, i) => i * 100);
    const direct = times.filter((timeMs) => Math.hypot(idleAt(timeMs).gazeX, idleAt(timeMs).gazeY) < 1.2).length;
    expect(direct / times.length).toBeGreaterThan(0.6);
    expect(direct / times.length).toBeLessThan(0.98);
  });
});
