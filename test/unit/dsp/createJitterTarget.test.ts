import { describe, expect, it } from 'vitest';
import { createJitterTarget } from '../../../src/dsp/createJitterTarget.js';

/** Plays for `seconds`; every 20 ms a chunk arrives with `leftMs` still to play. */
function play(target: ReturnType<typeof createJitterTarget>, seconds: number, leftMs: number): void {
  for (let ms = 0; ms < seconds * 1000; ms += 20) {
    target.onArrival(leftMs);
    target.onPlayed(20);
  }
}

describe('createJitterTarget', () => {
  it('starts at 70 ms', () => {
    expect(createJitterTarget()).toMatchObject({ targetMs: 70, underruns: 0 });
  });

  it('grows by what was missing: by 20 ms at least, by 100 ms at most, up to 400 ms', () => {
    const target = createJitterTarget();
    target.onUnderrun(3);
    expect(target.targetMs).toBe(90);
    target.onUnderrun(45);
    expect(target.targetMs).toBe(135);
    target.onUnderrun(280);
    expect(target.targetMs).toBe(235);
    for (let i = 0; i < 5; i++) target.onUnderrun(280);
    expect(target).toMatchObject({ targetMs: 400, underruns: 8 });
  });

  it('shrinks by 5 ms for each 5 s in which chunks came early enough, down to 40 ms', () => {
    const target = createJitterTarget();
    target.onStart(100);
    play(target, 5, 95);
    expect(target.targetMs).toBe(65);
    play(target, 60, 95);
    expect(target.targetMs).toBe(40);
  });

  it('does not shrink below what the unevenness asks for', () => {
    const target = createJitterTarget();
    target.onStart(90);
    play(target, 60, 50); // 40 ms were needed, and 20 ms are kept to spare
    expect(target.targetMs).toBe(60);
  });

  it('begins to count anew after an underrun', () => {
    const target = createJitterTarget();
    target.onStart(200);
    play(target, 4, 180);
    target.onUnderrun(20);
    play(target, 4, 180);
    expect(target.targetMs).toBe(90);
  });
});
