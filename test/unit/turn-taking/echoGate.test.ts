import { describe, expect, it } from 'vitest';
import { createEchoFilter } from '../../../src/turn-taking/echo/createEchoFilter.js';
import { createEchoGate, type EchoVerdict } from '../../../src/turn-taking/echo/createEchoGate.js';
import { createRealFft } from '../../../src/turn-taking/echo/createRealFft.js';
import { babble, echoOf, inFrames, mix } from './echoSound.js';

function listen(microphone: Float32Array, reference: Float32Array, gate = createEchoGate()): EchoVerdict[] {
  const verdicts: EchoVerdict[] = [];
  inFrames(microphone, reference, (mic, ref) => void verdicts.push({ ...gate.process(mic, ref) }));
  return verdicts;
}

const mean = (verdicts: readonly EchoVerdict[], of: 'explained' | 'unexplainedDb') => verdicts.reduce((sum, verdict) => sum + verdict[of], 0) / verdicts.length;
const energy = (sound: Float32Array) => sound.reduce((sum, sample) => sum + sample * sample, 0);

describe('the transform', () => {
  it('agrees with the definition, and its inverse with what went in', () => {
    const fft = createRealFft(64);
    const samples = babble(5, 1).subarray(1000, 1064);
    const [re, im, back] = [new Float32Array(33), new Float32Array(33), new Float32Array(64)];
    fft.forward(samples, re, im);
    for (let k = 0; k <= 32; k++) {
      const sum = (part: (phase: number) => number) => samples.reduce((total, sample, n) => total + sample * part((2 * Math.PI * k * n) / 64), 0);
      expect(re[k]).toBeCloseTo(sum(Math.cos), 5);
      expect(im[k]).toBeCloseTo(-sum(Math.sin), 5);
    }
    fft.inverse(re, im, back);
    back.forEach((sample, i) => expect(sample).toBeCloseTo(samples[i] ?? NaN, 6));
  });
});

describe('the echo filter', () => {
  it('takes out an echo by more than 15 dB within four seconds', () => {
    const reference = babble(1, 6);
    const microphone = echoOf(reference, 35, 0.5);
    const filter = createEchoFilter(createRealFft(512));
    const residual = new Float32Array(160);
    let [before, after] = [0, 0];
    inFrames(microphone, reference, (mic, ref, ms) => {
      filter.process(mic, ref, residual);
      if (ms < 4000) return;
      before += energy(mic);
      after += energy(residual);
    });
    expect(10 * Math.log10(before / after)).toBeGreaterThan(15);
  });
});

describe('the echo gate', () => {
  it.each([40, 170, 430])('finds a delay of %i ms within two seconds', (delayMs) => {
    const reference = babble(2, 4);
    const last = listen(echoOf(reference, delayMs, 0.4), reference).slice(200);
    expect(last.every((verdict) => verdict.confident && Math.abs(verdict.delayMs - delayMs) <= 20)).toBe(true);
  });

  it('explains what is only the echo of the avatar, and not the user on top of it', () => {
    const reference = babble(3, 10);
    const user = babble(40, 2, 0.15);
    const verdicts = listen(mix(echoOf(reference, 90, 0.4), user, 7 * 16_000), reference);
    expect(mean(verdicts.slice(300, 700), 'explained')).toBeGreaterThan(0.8);
    expect(mean(verdicts.slice(300, 700), 'unexplainedDb')).toBeLessThan(0.2);
    expect(mean(verdicts.slice(720, 880), 'unexplainedDb')).toBeGreaterThan(1);
  });

  it('is certain of no user where the echo was so faint that a canceller may have lost its way', () => {
    const avatar = babble(3, 12);
    const certainAfter = (quietDb: number) => {
      const echo = echoOf(avatar, 120, 10 ** (quietDb / 20));
      const jump = 8 * 16_000;
      for (let n = jump; n < echo.length; n++) echo[n] = (echo[n] ?? 0) * 10; // 20 dB, at once
      return Math.max(...listen(echo, avatar).slice(801, 860).map(({ certainDb }) => certainDb));
    };
    expect(certainAfter(-30)).toBe(0);
    // An echo as loud as a loudspeaker's is nobody's work: what stands so far above it is somebody.
    expect(certainAfter(-8)).toBeGreaterThan(0);
  });

  it('expects an echo while one can be in the room, and no longer', () => {
    const reference = mix(new Float32Array(3 * 16_000), babble(4, 1), 16_000);
    const active = listen(echoOf(reference, 100, 0.4), reference).map((verdict) => verdict.echoActive);
    expect([active[50], active[150], active[220], active[299]]).toEqual([false, true, true, false]);
  });

  it('leaves a microphone alone that hears nothing of the avatar', () => {
    const user = babble(6, 3);
    const verdicts = listen(user, new Float32Array(user.length));
    expect(mean(verdicts.slice(50), 'explained')).toBeLessThan(0.05);
    expect(verdicts.some((verdict) => verdict.echoActive)).toBe(false);
  });

  it('is as good as new after a reset, and says the same of the same sound', () => {
    const reference = babble(7, 3);
    const microphone = echoOf(reference, 60, 0.5);
    const gate = createEchoGate();
    const first = listen(microphone, reference, gate).map((verdict) => verdict.unexplainedDb);
    listen(babble(8, 1), babble(9, 1), gate);
    gate.reset();
    expect(listen(microphone, reference, gate).map((verdict) => verdict.unexplainedDb)).toEqual(first);
  });

  it('fills one object, and takes 16-bit samples as well as floating ones', () => {
    const gate = createEchoGate();
    const first = gate.process(new Float32Array(160), new Float32Array(160));
    expect(gate.process(new Int16Array(160).fill(8192), new Int16Array(160))).toBe(first);
    expect(first.residual[0]).toBe(0.25);
  });

  it('refuses a frame that is not 10 ms', () => {
    expect(() => createEchoGate().process(new Int16Array(320), new Int16Array(160))).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
  });
});
