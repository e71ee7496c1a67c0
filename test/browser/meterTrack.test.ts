import { afterEach, describe, expect, it } from 'vitest';
import { meterTrack } from '../../src/audio/meterTrack.js';
import { systemClock } from '../../src/clock/clock.js';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A sine of the given amplitude as a track. */
function createTone(amplitude: number): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: 220 });
  const gain = new GainNode(context, { gain: amplitude });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(gain).connect(destination);
  oscillator.start();
  cleanups.push(() => void context.close());
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('This browser gave no track.');
  return track;
}

describe('meterTrack', () => {
  it('reads the root mean square of what a track carries', async () => {
    const levels: number[] = [];
    cleanups.push(meterTrack(createTone(0.5), { clock: systemClock, onLevel: (level) => levels.push(level) }));

    // A sine's is its amplitude over the root of two.
    await expect.poll(() => levels.at(-1), { timeout: 10_000 }).toBeCloseTo(0.354, 1);
  });

  it('reads silence as 0', async () => {
    const levels: number[] = [];
    cleanups.push(meterTrack(createTone(0), { clock: systemClock, onLevel: (level) => levels.push(level) }));

    await expect.poll(() => levels.length, { timeout: 10_000 }).toBeGreaterThan(10);
    expect(Math.max(...levels)).toBe(0);
  });

  it('measures nothing more once it has been ended, and leaves the track running', () => {
    const track = createTone(0.5);
    let due: (() => void)[] = [];
    const clock = {
      now: () => 0,
      schedule(task: () => void) {
        due.push(task);
        return () => void (due = due.filter((other) => other !== task));
      },
    };
    const stop = meterTrack(track, { clock, onLevel: () => undefined });
    expect(due).toHaveLength(1);
    stop();
    stop();

    expect(due).toHaveLength(0);
    expect(track.readyState).toBe('live');
  });
});
