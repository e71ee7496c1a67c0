import { describe, expect, it } from 'vitest';
import { createNoiseFloor } from '../../../../src/turn-taking/voice/spectral/createNoiseFloor.js';
import { createPitchTracker } from '../../../../src/turn-taking/voice/spectral/createPitchTracker.js';
import { createPowerSpectrum } from '../../../../src/turn-taking/voice/spectral/createPowerSpectrum.js';

describe('createPowerSpectrum', () => {
  it('agrees with the definition of the Fourier transform', () => {
    const size = 64;
    const block = Float64Array.from({ length: size }, (_, n) => Math.sin(n * n) + 0.3 * Math.cos(5 * n));
    const expected = Array.from({ length: size / 2 + 1 }, (_, k) => {
      let real = 0;
      let imaginary = 0;
      block.forEach((value, n) => {
        real += value * Math.cos((2 * Math.PI * k * n) / size);
        imaginary -= value * Math.sin((2 * Math.PI * k * n) / size);
      });
      return real ** 2 + imaginary ** 2;
    });
    const power = createPowerSpectrum(size).process(block);
    expect(power).toHaveLength(expected.length);
    expected.forEach((value, k) => expect(power[k]).toBeCloseTo(value, 9));
  });
});

describe('createPitchTracker', () => {
  it.each([80, 123, 210, 330])('finds the pitch of a voice-like sound of %i Hz within 2 %%', (pitchHz) => {
    const tracker = createPitchTracker();
    for (let frame = 0; frame < 20; frame++) tracker.push(harmonics(pitchHz, frame));
    expect(Math.abs(tracker.pitchHz / pitchHz - 1)).toBeLessThan(0.02);
    expect(tracker.periodicity).toBeGreaterThan(0.85);
  });

  it('finds no clear period in noise', () => {
    const tracker = createPitchTracker();
    let state = 1;
    const noise = () => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 31 - 1) * 5000;
    let most = 0;
    for (let frame = 0; frame < 100; frame++) {
      tracker.push(Float64Array.from({ length: 160 }, noise));
      if (frame > 10) most = Math.max(most, tracker.periodicity);
    }
    expect(most).toBeLessThan(0.7);
  });

  it('says after a reset what a new one says', () => {
    const used = createPitchTracker();
    used.push(harmonics(300, 0));
    used.reset();
    const fresh = createPitchTracker();
    for (let frame = 0; frame < 5; frame++) {
      used.push(harmonics(110, frame));
      fresh.push(harmonics(110, frame));
      expect(used.pitchHz).toBe(fresh.pitchHz);
      expect(used.periodicity).toBe(fresh.periodicity);
    }
  });

  function harmonics(pitchHz: number, frame: number): Float64Array {
    return Float64Array.from({ length: 160 }, (_, n) => {
      const t = (frame * 160 + n) / 16_000;
      return [1, 0.8, 0.5, 0.3].reduce((sum, amplitude, k) => sum + 3000 * amplitude * Math.cos(2 * Math.PI * pitchHz * (k + 1) * t), 0);
    });
  }
});

describe('createNoiseFloor', () => {
  const feed = (floor: ReturnType<typeof createNoiseFloor>, levelDb: number, frames: number) => {
    for (let frame = 0; frame < frames; frame++) floor.push(Float64Array.of(levelDb));
    return floor.levels[0] ?? NaN;
  };

  it('follows a fall within a tenth of a second', () => {
    const floor = createNoiseFloor(1);
    feed(floor, -20, 50);
    expect(feed(floor, -50, 12)).toBeLessThan(-49);
  });

  it('stays down during two seconds of speech', () => {
    const floor = createNoiseFloor(1);
    feed(floor, -50, 500);
    expect(feed(floor, -20, 200)).toBeLessThan(-44);
  });

  it('takes what has not let up for five seconds for noise', () => {
    const floor = createNoiseFloor(1);
    feed(floor, -60, 500);
    expect(feed(floor, -20, 501)).toBeCloseTo(-20, 3);
  });
});
