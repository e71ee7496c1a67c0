import { describe, expect, it } from 'vitest';
import { createInputHold } from '../../../src/turn-taking/createInputHold.js';
import { envelope, readWavFile } from '../../e2e/support/signals.js';

const FRAME_MS = 10;
/** RMS of each 10 ms of recorded speech, 0 to 1; its words lie at 1.36-2.22, 3.14-3.62, 3.80-5.03 and 7.35-9.84 s. */
const speech = envelope(readWavFile('test/fixtures/speech-16k.wav').samples, 160).map((rms) => rms / 32768);
const at = (seconds: number) => Math.round((seconds * 1000) / FRAME_MS);

/** Feeds frames up to a time and returns what was admitted. */
function feed(hold: ReturnType<typeof createInputHold>, fromSeconds: number, toSeconds: number): boolean[] {
  return speech.slice(at(fromSeconds), at(toSeconds)).map((rms) => hold.admit(rms));
}

describe('createInputHold', () => {
  it('lets everything through until it is told to hold', () => {
    expect(feed(createInputHold(), 0, 10).every(Boolean)).toBe(true);
  });

  it('holds the rest of the sentence and lets the next one through', () => {
    const hold = createInputHold();
    feed(hold, 0, 4.2);
    hold.hold();
    expect(hold.held).toBe(true);
    expect(feed(hold, 4.2, 5).some(Boolean)).toBe(false);
    feed(hold, 5, 5.5);
    expect(hold.held).toBe(false);
    expect(feed(hold, 7.3, 9.8).every(Boolean)).toBe(true);
  });

  it('holds nothing when nobody is speaking', () => {
    const hold = createInputHold();
    feed(hold, 0, 3);
    hold.hold();
    expect(hold.held).toBe(false);
  });

  it('finds the pause over steady noise as well', () => {
    const hold = createInputHold();
    const noisy = (rms: number, index: number) => Math.hypot(rms, 0.02 * (1 + 0.1 * Math.sin(index)));
    speech.slice(0, at(4.2)).forEach((rms, index) => hold.admit(noisy(rms, index)));
    hold.hold();
    expect(hold.held).toBe(true);
    speech.slice(at(4.2), at(5.6)).forEach((rms, index) => hold.admit(noisy(rms, index)));
    expect(hold.held).toBe(false);
  });

  it('does not stay deaf when there is never a pause', () => {
    const hold = createInputHold();
    for (let frame = 0; frame < 100; frame++) hold.admit(0.001);
    for (let frame = 0; frame < 10; frame++) hold.admit(0.3);
    hold.hold();
    let frames = 0;
    while (hold.held && frames < 2000) {
      hold.admit(0.3);
      frames++;
    }
    expect(frames * FRAME_MS).toBe(8000);
  });
});
