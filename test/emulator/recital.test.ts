import { beforeEach, describe, expect, it } from 'vitest';
import { createRecital, type ChatPart, type Recital } from '../../src/emulator/akool-live/createRecital.js';
import { createManualClock, type ManualClock } from '../../src/testing/createManualClock.js';

const SECOND = new Int16Array(16_000);

describe('a recital', () => {
  let clock: ManualClock;
  let recital: Recital;
  let parts: ChatPart[];
  let events: string[];
  let delayMs: number;
  beforeEach(() => {
    clock = createManualClock();
    parts = [];
    events = [];
    delayMs = 0;
    recital = createRecital({
      clock,
      takeDelayMs: () => delayMs,
      speak: (samples) => events.push(`speak ${samples.length}`),
      hush: () => events.push('hush'),
      tell: (part) => parts.push(part),
      onSpeaking: (speaking) => events.push(speaking ? 'start' : 'end'),
    });
  });
  const texts = () => parts.map(({ text }) => text);

  it('tells the text in parts of at most 40 characters, whole ones, and ends the last', async () => {
    recital.begin({ mid: 'a', text: '😀'.repeat(90), samples: SECOND });
    expect(parts).toEqual([{ from: 'bot', mid: 'a', idx: 0, fin: false, text: '😀'.repeat(40) }]);
    await clock.advance(1_000);
    expect(parts.map(({ idx, fin }) => [idx, fin])).toEqual([[0, false], [1, false], [2, true]]);
    expect(texts().join('')).toBe('😀'.repeat(90));
  });

  it('counts as going on until it has been heard to its end', async () => {
    recital.begin({ mid: 'a', text: 'short', samples: SECOND });
    await clock.advance(900);
    expect(recital.stop()).toBe(true);
    expect(recital.stop()).toBe(false);
    recital.begin({ mid: 'b', text: 'short', samples: SECOND });
    await clock.advance(1_200);
    expect(recital.stop()).toBe(false);
  });

  it('takes a pause between two sentences for no end', async () => {
    recital.begin({ mid: 'a', text: 'Yes. No.', samples: SECOND });
    events = [];
    recital.noteSound(true);
    await clock.advance(300);
    recital.noteSound(false);
    await clock.advance(300);
    recital.noteSound(true);
    expect(events).toEqual(['start']);
    await clock.advance(500);
    recital.noteSound(false);
    await clock.advance(100);
    expect(events).toEqual(['start', 'end']);
    expect(clock.pending).toBe(0);
  });

  it('ends at once when it is stopped, in a pause too, and leaves nothing scheduled', async () => {
    recital.begin({ mid: 'a', text: 'x'.repeat(400), samples: SECOND });
    recital.noteSound(true);
    recital.noteSound(false);
    events = [];
    expect(recital.stop()).toBe(true);
    expect(events).toEqual(['hush', 'end']);
    const told = parts.length;
    await clock.advance(5_000);
    expect(parts).toHaveLength(told);
    expect(clock.pending).toBe(0);
  });

  it('begins late when it is told to, and not at all when it was stopped before', async () => {
    delayMs = 500;
    recital.begin({ mid: 'a', text: 'late', samples: SECOND });
    await clock.advance(499);
    expect(parts).toEqual([]);
    await clock.advance(1);
    expect(texts()).toEqual(['late']);
    recital.begin({ mid: 'b', text: 'never', samples: SECOND });
    expect(recital.stop()).toBe(true);
    await clock.advance(1_000);
    expect(texts()).toEqual(['late']);
  });
});
