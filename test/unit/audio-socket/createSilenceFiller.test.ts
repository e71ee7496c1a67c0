import { describe, expect, it } from 'vitest';
import { createSilenceFiller } from '../../../src/audio-socket/createSilenceFiller.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

function setUp() {
  const clock = createManualClock();
  let filledMs = 0;
  const filler = createSilenceFiller({ clock, frameMs: 20, send: (durationMs) => (filledMs += durationMs) });
  filler.start();
  return { clock, filler, filledMs: () => filledMs };
}

describe('the silence of a microphone that gives nothing', () => {
  it('is sent once nothing has come for a quarter of a second', async () => {
    const { clock, filledMs } = setUp();
    await clock.advance(240);
    expect(filledMs()).toBe(0);
    await clock.advance(760);
    expect(filledMs()).toBeGreaterThan(900);
  });

  it('is not put before the sound that a busy thread has not read yet', async () => {
    const { clock, filler, filledMs } = setUp();
    // What the microphone gave meanwhile is read by a task of its own, right after the timers that are late.
    const reading = clock.sleep(3_000).then(() => undefined);
    clock.schedule(filler.onSound, 0);
    await reading;
    await clock.advance(1);
    expect(filledMs()).toBe(0);
  });

  it('is sent from a page in the background, which is woken once a second', async () => {
    const { clock, filledMs } = setUp();
    for (let second = 0; second < 5; second++) await clock.sleep(1_000);
    await clock.advance(20);
    expect(filledMs()).toBeGreaterThan(3_000);
  });
});
