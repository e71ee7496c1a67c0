import { expect, it } from 'vitest';
import { captureFrames } from '../../src/audio/captureFrames.js';
import { createMicrophone } from '../../src/audio/createMicrophone.js';
import source from '../../worklets/mic-capture.ts?worklet';
import { ENGINE } from './support/engine.js';

const TONE_HZ = 440;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const risingCrossings = (samples: readonly number[]) => samples.filter((value, index) => index > 0 && (samples[index - 1] ?? 0) < 0 && value >= 0).length;

/** A stream with a tone in it, in a context of its own. */
async function toneStream(sampleRate: number) {
  const context = new AudioContext({ sampleRate });
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
  tone.connect(new GainNode(context, { gain: 0.5 })).connect(destination);
  tone.start();
  await context.resume();
  return { context, stream: destination.stream };
}

it.each([44_100, 48_000, 96_000])('delivers every 10 ms of 16 kHz sound when the context runs at %i Hz', async (sampleRate) => {
  const { context, stream } = await toneStream(sampleRate);
  const samples: number[] = [];
  const sequences: number[] = [];
  let capture: Awaited<ReturnType<typeof captureFrames>> | undefined;
  await new Promise<void>((resolve, reject) => {
    captureFrames(stream, { source }, { onFrame: (frame) => {
      sequences.push(frame.sequence);
      samples.push(...frame.samples);
      if (sequences.length === 220) resolve();
    } }, () => new AudioContext({ sampleRate })).then((opened) => (capture = opened), reject);
  });
  capture?.stop();
  await context.close();

  expect(sequences).toEqual(sequences.map((_, index) => index));
  // A busy machine may starve the tone's own stream for a moment, so the median of ten windows counts: a wrong rate is wrong in all.
  const windows = Array.from({ length: 10 }, (_, index) => samples.slice(-32_000 + index * 3200, index === 9 ? undefined : -32_000 + (index + 1) * 3200));
  expect(Math.abs(median(windows.map(risingCrossings)) - TONE_HZ / 5)).toBeLessThanOrEqual(1);
  expect(median(windows.map((window) => Math.max(...window) / 32768))).toBeCloseTo(0.5, 2);
});

it('stops its tracks and closes its context', async () => {
  const { context, stream } = await toneStream(48_000);
  const made: AudioContext[] = [];
  const capture = await captureFrames(stream, { source }, { onFrame: () => undefined }, () => {
    const created = new AudioContext();
    made.push(created);
    return created;
  });
  capture.stop();
  capture.stop();
  expect(stream.getTracks().map((track) => track.readyState)).toEqual(['ended']);
  await expect.poll(() => made.map(({ state }) => state)).toEqual(['closed']);
  await context.close();
});

it('begins with the first gesture where the browser lets no sound run before one', async () => {
  const { context, stream } = await toneStream(48_000);
  const held = new AudioContext();
  await held.suspend();
  let mayRun = false;
  held.resume = () => (mayRun ? AudioContext.prototype.resume.call(held) : new Promise(() => undefined));
  let frames = 0;
  const capture = await captureFrames(stream, { source }, { onFrame: () => void frames++ }, () => held);
  expect([held.state, frames]).toEqual(['suspended', 0]);
  mayRun = true;
  window.dispatchEvent(new Event('pointerup'));
  await expect.poll(() => frames).toBeGreaterThan(0);
  capture.stop();
  await context.close();
});

it('says what to do when the worklet cannot be loaded, and leaves the microphone off', async () => {
  const microphone = createMicrophone({ workletUrl: '/nothing-here.js' });
  await expect(microphone.start()).rejects.toMatchObject({ reason: 'worklet-blocked' });
  expect(microphone.getSnapshot()).toMatchObject({ status: 'failed', error: { reason: 'worklet-blocked' } });
});

it('opens a real microphone, mutes it, and lets it go', async () => {
  const microphone = createMicrophone({ echoCancellation: false });
  let frames = 0;
  microphone.subscribeFrames(() => frames++);
  const levels: number[] = [];
  microphone.subscribeLevel((level) => levels.push(level));
  await Promise.all([microphone.start(), microphone.start()]);
  expect(microphone.getSnapshot()).toMatchObject({ status: 'on', muted: false, error: null });
  await expect.poll(() => frames).toBeGreaterThan(20);

  microphone.setMuted(true);
  const before = frames;
  const levelsBefore = levels.length;
  // Firefox sends nothing at all of a track that is switched off, the others silence.
  if (ENGINE !== 'firefox') await expect.poll(() => levels.length - levelsBefore).toBeGreaterThan(5);
  expect(frames).toBe(before);
  expect(levels.at(-1)).toBe(0);

  microphone.stop();
  expect(microphone.getSnapshot().status).toBe('off');
  await microphone.start();
  expect(microphone.getSnapshot().status).toBe('on');
  microphone.stop();
});

it('throws a start away that was stopped before the browser had answered', async () => {
  const microphone = createMicrophone();
  const starting = microphone.start();
  microphone.stop();
  await starting;
  expect(microphone.getSnapshot().status).toBe('off');
});

it('names a device that is not there', async () => {
  const microphone = createMicrophone({ deviceId: 'no-such-device' });
  await expect(microphone.start()).rejects.toMatchObject({ reason: 'microphone-missing' });
});

it('is not on when the device went away while it was being opened', async () => {
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    stream.getTracks().forEach((track) => track.stop());
    return stream;
  };
  const microphone = createMicrophone();
  try {
    await expect(microphone.start()).rejects.toMatchObject({ reason: 'microphone-unplugged' });
    expect(microphone.getSnapshot().status).toBe('failed');
  } finally {
    mediaDevices.getUserMedia = getUserMedia;
  }
});

// Firefox gives no made-up event to a microphone's track.
it.skipIf(ENGINE === 'firefox')('goes on with another device when its own is unplugged, without a word in between', async () => {
  const microphone = createMicrophone();
  await microphone.start();
  const statuses = new Set<string>();
  microphone.subscribe(() => statuses.add(microphone.getSnapshot().status));
  let frames = 0;
  microphone.subscribeFrames(() => frames++);
  const lost = microphone.getTrack?.();
  lost?.dispatchEvent(new Event('ended'));
  await expect.poll(() => microphone.getTrack?.(), { timeout: 10_000 }).not.toBe(lost);
  const before = frames;
  await expect.poll(() => frames, { timeout: 10_000 }).toBeGreaterThan(before + 10);
  expect([...statuses]).toEqual(['on']);
  expect(lost?.readyState).toBe('ended');
  microphone.stop();
});

// Firefox gives no made-up event to a microphone's track.
it.skipIf(ENGINE === 'firefox')('says that the device was unplugged when there is no other, lets go of it, and can start again', async () => {
  const opened: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () => [];
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    opened.push(...stream.getTracks());
    return stream;
  };
  const microphone = createMicrophone();
  try {
    await microphone.start();
    // What a browser does when the device goes: the track ends by itself.
    opened[0]?.dispatchEvent(new Event('ended'));
    await expect.poll(() => microphone.getSnapshot()).toMatchObject({ status: 'failed', error: { reason: 'microphone-unplugged' } });
    expect(opened[0]?.readyState).toBe('ended');
    await microphone.start();
    expect(microphone.getSnapshot()).toMatchObject({ status: 'on', error: null });
  } finally {
    mediaDevices.getUserMedia = getUserMedia;
    mediaDevices.enumerateDevices = enumerateDevices;
    microphone.stop();
  }
});
