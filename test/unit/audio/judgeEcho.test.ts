import { describe, expect, it } from 'vitest';
import { judgeEcho } from '../../../src/audio/judgeEcho.js';

const FRAMES = 400;
/** Syllables and pauses of uneven length, as the phrase has them. */
const played = Array.from({ length: FRAMES }, (_, n) => (Math.sin(n / 7) + Math.sin(n / 11.3) > 0.2 ? 0.15 : 0));
/** The noise of a quiet room, the same at every run. */
const noise = (n: number) => 0.002 * (1 + 0.4 * Math.sin(n * 12.9898));
const quiet = Array.from({ length: 40 }, (_, n) => noise(n));
const heardAs = (gain: number, delay: number, extra: (n: number) => number = () => 0) =>
  Array.from({ length: FRAMES + 90 }, (_, n) => Math.hypot(noise(n), (played[n - delay] ?? 0) * gain, extra(n)));

describe('judgeEcho', () => {
  it.each([0, 12, 35, 75])('hears an echo that comes %i frames later', (delay) => {
    expect(judgeEcho({ played, quiet, heard: heardAs(0.1, delay) })).toBe('echo');
  });

  it('finds a microphone clean that hears nothing of it, or next to nothing', () => {
    expect(judgeEcho({ played, quiet, heard: heardAs(0, 0) })).toBe('clean');
    expect(judgeEcho({ played, quiet, heard: heardAs(0.005, 20) })).toBe('clean');
  });

  it('forgives the first second, in which a canceller still learns', () => {
    const full = heardAs(0.3, 20);
    const none = heardAs(0, 0);
    expect(judgeEcho({ played, quiet, heard: none.map((value, n) => (n < 110 ? (full[n] ?? 0) : value)) })).toBe('clean');
  });

  it('does not take somebody who talks meanwhile for an echo, nor for silence', () => {
    const talk = (n: number) => (Math.sin(n / 23 + 1) + Math.sin(n / 5.1) > -0.4 ? 0.1 : 0.01);
    expect(judgeEcho({ played, quiet, heard: heardAs(0, 0, talk) })).toBe('unclear');
  });

  it('finds a muted line clean', () => {
    expect(judgeEcho({ played, quiet: quiet.map(() => 0), heard: heardAs(0, 0).map(() => 0) })).toBe('clean');
  });
});
