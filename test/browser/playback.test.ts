import { afterEach, expect, it } from 'vitest';
import { createPlayback, type PlaybackOptions } from '../../src/audio/createPlayback.js';
import { HAS_SPEAKER_CHOICE, HAS_WEBRTC } from './support/engine.js';
import { recordTrack, watchFeeds } from './support/recordTrack.js';

/** Elsewhere the sound goes straight to the loudspeaker; test/engines listens there. */
const HAS_ELEMENT = HAS_WEBRTC || HAS_SPEAKER_CHOICE;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A started playback in a context that the test can look at. */
async function startPlayback(sampleRate?: number, options: PlaybackOptions = {}) {
  const contexts: AudioContext[] = [];
  const playback = createPlayback(options, () => {
    const context = new AudioContext(sampleRate ? { sampleRate } : {});
    contexts.push(context);
    return context;
  });
  undo.push(watchFeeds(), () => playback.stop());
  await playback.start();
  const [context] = contexts;
  if (!context) throw new Error('no context was made');
  return { playback, context };
}

/** Records what the track plays, until the end of the test. */
async function record(context: AudioContext, track: MediaStreamTrack | null) {
  const { heard, stop } = await recordTrack(context, track);
  undo.push(stop);
  return heard;
}

function tone(frequencyHz: number, rateHz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, n) => Math.round(16_384 * Math.sin((2 * Math.PI * frequencyHz * n) / rateHz)));
}

/** Resolves when `performance.now()` has passed `atMs`: the network that this test plays keeps real time. */
const until = (atMs: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, atMs - performance.now())));

function idleAgain({ getSnapshot }: ReturnType<typeof createPlayback>) {
  return expect.poll(() => getSnapshot().activity, { timeout: 10_000 }).toBe('idle');
}

/** From the first sound to the last. */
function trimmed(heard: readonly number[]): number[] {
  const audible = (value: number) => Math.abs(value) > 0.001;
  return heard.slice(heard.findIndex(audible), heard.findLastIndex(audible) + 1);
}

/** Of arrays that are too long to be arguments. */
const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity);

it.each([44_100, 48_000, 96_000])('plays speech that arrives unevenly without a gap when the context runs at %i Hz', async (sampleRate) => {
  const { playback, context } = await startPlayback(sampleRate);
  const heard = await record(context, playback.mediaStreamTrack);
  const activities: string[] = [];
  playback.subscribe(() => activities.push(playback.getSnapshot().activity));
  const levels: number[] = [];
  playback.subscribeLevel((level) => levels.push(level));
  const positions: number[] = [];
  playback.subscribePosition((playedMs) => positions.push(playedMs));

  const rateHz = 24_000;
  const speech = tone(440, rateHz, rateHz * 2);
  const lengthsMs = [20, 100, 40, 60, 20, 80];
  const beganMs = performance.now();
  for (let sentMs = 0, turn = 0; sentMs < 2000; turn++) {
    const lengthMs = lengthsMs[turn % lengthsMs.length] ?? 20;
    // Speech that is sent 200 ms ahead: as uneven as its chunks, and not at the mercy of a busy machine's timers.
    await until(beganMs + sentMs + lengthMs - 200);
    playback.push(speech.subarray((sentMs * rateHz) / 1000, ((sentMs + lengthMs) * rateHz) / 1000), rateHz);
    sentMs += lengthMs;
  }
  playback.end();
  await idleAgain(playback);
  await expect.poll(() => Math.abs(heard.at(-1) ?? 1)).toBe(0);

  const sound = trimmed(heard);
  expect(sound.length / sampleRate).toBeCloseTo(2, 2);
  // A sine of 440 Hz at this amplitude turns by this much from one sample to the next, and no more.
  const steepest = 0.5 * 2 * Math.PI * (440 / sampleRate) * 1.02;
  const steps = sound.map((value, i) => Math.abs(value - (sound[i - 1] ?? 0)));
  // The filter rings for 2 ms where the tone begins and ends.
  const window = Math.round(sampleRate / 200);
  expect(largest(steps.slice(window, -window))).toBeLessThan(steepest);
  for (let start = window; start + 2 * window < sound.length; start += window) {
    expect(largest(sound.slice(start, start + window)), `sound at ${Math.round((start / sampleRate) * 1000)} ms`).toBeGreaterThan(0.45);
  }
  expect(playback.jitter.underruns).toBe(0);
  expect(playback.playedMs).toBeCloseTo(2000, 3);
  expect(playback.bufferedMs).toBeCloseTo(0, 3);
  expect(activities).toEqual(['playing', 'idle']);
  expect(largest(levels)).toBeCloseTo(0.5 / Math.SQRT2, 1);
  await expect.poll(() => levels.at(-1)).toBe(0);
  expect(levels.length).toBeGreaterThan(80);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});

it('falls silent within 8 ms of its last sound when it is cleared, tells how much was heard, and then says the next reply only', async () => {
  const { playback, context } = await startPlayback(48_000);
  const heard = await record(context, playback.mediaStreamTrack);
  playback.push(new Int16Array(24_000 * 60).fill(16_384), 24_000);
  await expect.poll(() => playback.playedMs).toBeGreaterThan(300);
  const before = playback.playedMs;
  const playedMs = playback.clear();
  expect(playedMs).toBeGreaterThanOrEqual(before);
  expect(playedMs).toBeLessThan(before + 50);
  expect(playback.getSnapshot().activity).toBe('idle');
  expect(playback).toMatchObject({ playedMs: 0, bufferedMs: 0 });
  await expect.poll(() => Math.abs(heard.at(-1) ?? 1)).toBe(0);

  const full = (value: number) => Math.abs(value - 0.5) < 0.001;
  const fadeFrom = heard.findLastIndex(full) + 1;
  const fade = heard.slice(fadeFrom, heard.findLastIndex((value) => value !== 0) + 1);
  expect(fade.length).toBeGreaterThan(0);
  expect((fade.length / 48_000) * 1000).toBeLessThanOrEqual(8);
  expect(largest(fade.map((value, i) => Math.abs(value - (fade[i - 1] ?? 0.5))))).toBeLessThan(0.01);
  // What was rendered agrees with what was told, to within what the device takes at a time.
  const renderedMs = ((fadeFrom - heard.findIndex((value) => value > 0.1)) / 48_000) * 1000;
  expect(Math.abs(renderedMs - playedMs)).toBeLessThan(40);

  const silentFrom = heard.length;
  playback.push(new Int16Array(2400).fill(-8192), 24_000);
  playback.end();
  await expect.poll(() => playback.playedMs).toBeCloseTo(100, 3);
  await idleAgain(playback);
  await expect.poll(() => heard.slice(silentFrom).some((value) => value < -0.2) && heard.at(-1) === 0).toBe(true);
  expect(largest(heard.slice(silentFrom))).toBeLessThan(0.05);
});

it('plays what was pushed while it opened, and a whole reply pushed at once', async () => {
  const playback = createPlayback();
  undo.push(() => playback.stop());
  const starting = playback.start();
  playback.push(tone(440, 16_000, 16_000), 16_000);
  playback.end();
  expect(playback.bufferedMs).toBe(1000);
  expect(playback.start()).toBe(starting);
  await starting;
  await expect.poll(() => playback.playedMs, { timeout: 5000 }).toBe(1000);
  expect(playback.bufferedMs).toBe(0);
  await idleAgain(playback);
});

it('changes its volume without a click', async () => {
  const { playback, context } = await startPlayback(48_000, { volume: 0.5 });
  const heard = await record(context, playback.mediaStreamTrack);
  playback.push(new Int16Array(48_000 * 5).fill(16_384), 48_000);
  await expect.poll(() => heard.at(-1)).toBeCloseTo(0.25, 3);
  playback.setVolume(0);
  await expect.poll(() => heard.at(-1)).toBeCloseTo(0, 3);
  const steady = heard.slice(heard.findIndex((value) => value > 0.249));
  expect(largest(steady.map((value, i) => Math.abs(value - (steady[i - 1] ?? value))))).toBeLessThan(0.01);
  expect(() => playback.setVolume(1.5)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
});

it('refuses what is not speech', async () => {
  const { playback } = await startPlayback();
  // @ts-expect-error: JavaScript may pass floats
  expect(() => playback.push(new Float32Array(4), 16_000)).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
  for (const rateHz of [0, Number.NaN, 999, 1e6]) {
    expect(() => playback.push(new Int16Array(4), rateHz)).toThrow(expect.objectContaining({ reason: 'audio-invalid' }));
  }
});

it.skipIf(HAS_SPEAKER_CHOICE)('says that this browser lets no page choose the output device', async () => {
  const { playback } = await startPlayback();
  await expect(playback.setSinkId('any')).rejects.toMatchObject({ reason: 'sound-unavailable', message: expect.stringMatching(/system settings/) as unknown });
});

it.runIf(HAS_SPEAKER_CHOICE)('chooses an output device, and says so when there is no such one', async () => {
  const { playback } = await startPlayback();
  await playback.setSinkId('');
  await expect(playback.setSinkId('no-such-device')).rejects.toMatchObject({ reason: 'sound-unavailable' });
  const other = createPlayback({ deviceId: 'no-such-device' });
  await expect(other.start()).rejects.toMatchObject({ reason: 'sound-unavailable' });
  expect(other.getSnapshot()).toMatchObject({ status: 'failed', error: { reason: 'sound-unavailable' } });
});

it('says what to do when the worklet cannot be loaded, and leaves nothing open', async () => {
  const contexts: AudioContext[] = [];
  const playback = createPlayback({ workletUrl: '/nothing-here.js' }, () => {
    const context = new AudioContext();
    contexts.push(context);
    return context;
  });
  await expect(playback.start()).rejects.toMatchObject({ reason: 'worklet-blocked' });
  expect(playback.getSnapshot()).toMatchObject({ status: 'failed', error: { reason: 'worklet-blocked' } });
  await expect.poll(() => contexts.map(({ state }) => state)).toEqual(['closed']);
  playback.stop();
  expect(playback.getSnapshot().status).toBe('failed');
});

it('releases the context, the track and the element when it is stopped in mid-speech, and can start again', async () => {
  const elements: HTMLAudioElement[] = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLAudioElement) {
    elements.push(this);
    return play.call(this);
  };
  undo.push(() => (HTMLMediaElement.prototype.play = play));
  const { playback, context } = await startPlayback();
  const track = playback.mediaStreamTrack;
  playback.push(tone(440, 24_000, 48_000), 24_000);
  await expect.poll(() => playback.getSnapshot().activity).toBe('playing');
  expect(elements.map((element) => element.paused)).toEqual(HAS_ELEMENT ? [false] : []);

  playback.stop();
  playback.stop();
  playback.push(tone(440, 24_000, 4800), 24_000);
  expect(playback.getSnapshot()).toEqual({ status: 'off', activity: 'idle', blocked: false, error: null });
  expect(playback).toMatchObject({ mediaStreamTrack: null, bufferedMs: 0 });
  expect(track?.readyState).toBe('ended');
  expect(elements.map(({ paused, srcObject }) => ({ paused, srcObject }))).toEqual(HAS_ELEMENT ? [{ paused: true, srcObject: null }] : []);
  await expect.poll(() => context.state).toBe('closed');

  await playback.start();
  playback.push(tone(440, 24_000, 2400), 24_000);
  playback.end();
  await expect.poll(() => playback.playedMs).toBe(100);
});

it('throws a start away that was stopped before it was open', async () => {
  const playback = createPlayback();
  const starting = playback.start();
  playback.stop();
  await starting;
  expect(playback.getSnapshot().status).toBe('off');
  expect(playback.mediaStreamTrack).toBeNull();
});

it('goes on by itself after its context was suspended', async () => {
  const { playback, context } = await startPlayback();
  await context.suspend();
  await expect.poll(() => context.state).toBe('running');
  expect(playback.getSnapshot().blocked).toBe(false);
});
