import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/emulator/avatar/createPacer.js';
import { createSpeakingDetector } from '../../src/emulator/avatar/createSpeakingDetector.js';
import { createVoice } from '../../src/emulator/avatar/createVoice.js';
import type { Clock } from '../../src/clock/clock.js';

/** A clock that only the test moves. */
function createManualClock(): Clock & { advance(ms: number): void } {
  let nowMs = 1000;
  let tasks: { atMs: number; task: () => void }[] = [];
  return {
    now: () => nowMs,
    schedule(task, delayMs) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => void (tasks = tasks.filter((other) => other !== entry));
    },
    advance(ms) {
      nowMs += ms;
      const due = tasks.filter(({ atMs }) => atMs <= nowMs);
      tasks = tasks.filter(({ atMs }) => atMs > nowMs);
      for (const { task } of due) task();
    },
  };
}

const ramp = (length: number, from = 0) => Int16Array.from({ length }, (_, i) => 1000 + ((from + i) % 20_000));

/** Plays for `ms` while `feed` is called before every frame. */
function play(clock: ReturnType<typeof createManualClock>, voice: ReturnType<typeof createVoice>, ms: number, feed: (frame: number) => void = () => undefined): Int16Array {
  const heard: number[] = [];
  const frame = new Int16Array(160);
  for (let i = 0; i < ms / 10; i++) {
    feed(i);
    clock.advance(10);
    if (voice.next(frame)) heard.push(...frame);
  }
  return Int16Array.from(heard);
}

describe('the voice', () => {
  it('starts once 100 ms are there and plays every sample in order', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    const frame = new Int16Array(160);
    voice.push(ramp(1440)); // 90 ms
    expect(voice.next(frame)).toBe(false);
    voice.push(ramp(160, 1440));
    expect(play(clock, voice, 200)).toEqual(ramp(1600));
  });

  it('does not wait for more than 120 ms', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    voice.push(ramp(320));
    expect(play(clock, voice, 110)).toHaveLength(0);
    expect(play(clock, voice, 100)).toEqual(ramp(320));
  });

  it('fills a last part frame with silence', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    voice.push(ramp(1650));
    const heard = play(clock, voice, 300);
    expect(heard).toHaveLength(1760);
    expect(heard.subarray(0, 1650)).toEqual(ramp(1650));
    expect(heard.subarray(1650).every((sample) => sample === 0)).toBe(true);
  });

  it('is silent from the next frame on when it is cleared', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    voice.push(ramp(16_000));
    play(clock, voice, 100);
    voice.clear();
    const frame = new Int16Array(160).fill(1);
    expect(voice.next(frame)).toBe(false);
    expect(frame.every((sample) => sample === 0)).toBe(true);
    expect(voice.queuedMs).toBe(0);
  });

  it('plays two minutes that were sent in one go to the last sample, the silent ones too', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    const speech = ramp(120 * 16_000);
    speech.fill(0, 16_000, 80_000);
    speech.fill(0, 800_000, 1_200_000);
    for (let i = 0; i < speech.length; i += 1024) voice.push(speech.subarray(i, i + 1024));
    expect(Buffer.compare(Buffer.from(play(clock, voice, 120_500).buffer), Buffer.from(speech.buffer))).toBe(0);
  });

  it('plays two hundred thousand crumbs of one sample each without falling behind', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    const crumb = new Int16Array([7]);
    for (let i = 0; i < 200_000; i++) voice.push(crumb);
    expect(play(clock, voice, 13_000)).toHaveLength(200_000);
  });

  it('keeps a live sender that is one percent fast within half a second, skipping only silence', () => {
    const clock = createManualClock();
    const voice = createVoice(clock);
    let sent = 0;
    let loudSent = 0;
    // Every 10 ms of our time brings 10.1 ms of the sender's: one second of speech, then one of silence.
    const heard = play(clock, voice, 120_000, (frame) => {
      const chunk = new Int16Array(161 + (frame % 5 < 3 ? 1 : 0));
      const speaks = Math.floor(frame / 100) % 2 === 0;
      if (speaks) chunk.fill(5000);
      if (speaks) loudSent += chunk.length;
      sent += chunk.length;
      voice.push(chunk);
    });
    expect(sent - heard.length).toBeGreaterThan(16_000 * 0.5);
    expect(voice.queuedMs).toBeLessThan(500);
    const rest = play(clock, voice, 1000);
    const loudHeard = [...heard, ...rest].filter((sample) => sample === 5000).length;
    expect(loudHeard).toBe(loudSent);
  });
});

describe('the pacer', () => {
  it('never drifts, however late the timers are', () => {
    const clock = createManualClock();
    let count = 0;
    const stop = createPacer({ clock, intervalMs: 10, onDue: (due) => (count += due) });
    for (let i = 0; i < 1000; i++) clock.advance(13.7);
    expect(count).toBe(1370);
    stop();
    clock.advance(1000);
    expect(count).toBe(1370);
  });

  it('gives up the time that a sleeping machine has missed', () => {
    const clock = createManualClock();
    let count = 0;
    createPacer({ clock, intervalMs: 10, onDue: (due) => (count += due) });
    clock.advance(3_600_000);
    expect(count).toBe(1);
    clock.advance(10);
    expect(count).toBe(2);
  });
});

describe('the speaking detector', () => {
  it('bridges pauses between words and ends 300 ms after the last sound', () => {
    const isSpeech = createSpeakingDetector();
    const loud = new Int16Array(160).fill(3000);
    const quiet = new Int16Array(160).fill(3);
    expect(isSpeech(quiet)).toBe(false);
    expect(isSpeech(loud)).toBe(true);
    const after = Array.from({ length: 31 }, () => isSpeech(quiet));
    expect(after.lastIndexOf(true)).toBe(28);
  });
});
