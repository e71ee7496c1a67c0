import { afterEach, expect, it } from 'vitest';
import { createPcmTrack } from '../../src/audio/createPcmTrack.js';
import { HAS_WEBRTC } from './support/engine.js';
import { recordTrack, watchFeeds } from './support/recordTrack.js';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A track in a context that the test can look at, and all that it carries. */
async function open(sampleRate: number) {
  undo.push(watchFeeds());
  const contexts: AudioContext[] = [];
  const pcm = await createPcmTrack({}, () => {
    const context = new AudioContext({ sampleRate });
    contexts.push(context);
    return context;
  });
  undo.push(() => pcm.stop());
  const [context] = contexts;
  if (!context) throw new Error('no context was made');
  const { heard, stop } = await recordTrack(context, pcm.track);
  undo.push(stop);
  return { pcm, context, heard };
}

function tone(frequencyHz: number, rateHz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, n) => Math.round(16_384 * Math.sin((2 * Math.PI * frequencyHz * n) / rateHz)));
}

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity);

it.each([16_000, 44_100])('carries PCM of %i Hz that is pushed in pieces, without a gap', async (rateHz) => {
  const { pcm, heard } = await open(48_000);
  const speech = tone(440, rateHz, rateHz);
  for (let at = 0; at < speech.length; at += 1237) pcm.push(speech.subarray(at, at + 1237), rateHz);
  pcm.end();
  await expect.poll(() => pcm.playedMs, { timeout: 10_000 }).toBeCloseTo(1000, 3);
  await expect.poll(() => Math.abs(heard.at(-1) ?? 1)).toBe(0);

  const audible = (value: number) => Math.abs(value) > 0.001;
  const sound = heard.slice(heard.findIndex(audible), heard.findLastIndex(audible) + 1);
  expect(sound.length / 48_000).toBeCloseTo(1, 2);
  // The filter rings for 2 ms where the tone begins and ends.
  const window = 240;
  const steps = sound.map((value, i) => Math.abs(value - (sound[i - 1] ?? 0)));
  expect(largest(steps.slice(window, -window))).toBeLessThan(0.5 * 2 * Math.PI * (440 / 48_000) * 1.02);
  for (let start = window; start + 2 * window < sound.length; start += window) {
    expect(largest(sound.slice(start, start + window)), `sound at ${start / 48} ms`).toBeGreaterThan(0.45);
  }
  expect(pcm.jitter.underruns).toBe(0);
});

it('falls silent when it is cleared, and carries what comes next', async () => {
  const { pcm, heard } = await open(48_000);
  pcm.push(new Int16Array(24_000 * 60).fill(16_384), 24_000);
  await expect.poll(() => pcm.playedMs).toBeGreaterThan(200);
  expect(pcm.clear()).toBeGreaterThan(200);
  expect(pcm.bufferedMs).toBe(0);
  await expect.poll(() => heard.at(-1)).toBe(0);
  const silentFrom = heard.length;
  pcm.push(new Int16Array(2400).fill(-16_384), 24_000);
  pcm.end();
  await expect.poll(() => heard.slice(silentFrom).some((value) => value < -0.4)).toBe(true);
  expect(largest(heard.slice(silentFrom))).toBeLessThan(0.05);
});

it.runIf(HAS_WEBRTC)('reaches another peer, and plays nothing on this page', async () => {
  const played: unknown[] = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    played.push(this);
    return play.call(this);
  };
  undo.push(() => (HTMLMediaElement.prototype.play = play));
  const { pcm } = await open(48_000);
  pcm.push(tone(440, 24_000, 24_000 * 60), 24_000);
  await expect.poll(() => pcm.playedMs).toBeGreaterThan(100);
  expect(played).toEqual([]);
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  undo.push(() => (sender.close(), receiver.close()));
  sender.onicecandidate = ({ candidate }) => void receiver.addIceCandidate(candidate ?? undefined);
  receiver.onicecandidate = ({ candidate }) => void sender.addIceCandidate(candidate ?? undefined);
  // What nobody plays is not decoded.
  const element = new Audio();
  undo.push(() => (element.srcObject = null));
  receiver.ontrack = ({ track }) => {
    element.srcObject = new MediaStream([track]);
    void element.play();
  };
  sender.addTrack(pcm.track);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription ?? { type: 'offer' });
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription ?? { type: 'answer' });
  const energy = async () => {
    const stats = [...(await receiver.getStats()).values()] as { type: string; totalAudioEnergy?: number }[]; // what a report holds
    return stats.find(({ type }) => type === 'inbound-rtp')?.totalAudioEnergy ?? 0;
  };
  await expect.poll(energy, { timeout: 15_000 }).toBeGreaterThan(0.02);
});

it('ends its track and its context when it is stopped', async () => {
  const { pcm, context } = await open(48_000);
  pcm.push(tone(440, 24_000, 48_000), 24_000);
  pcm.stop();
  pcm.stop();
  expect(pcm.track.readyState).toBe('ended');
  await expect.poll(() => context.state).toBe('closed');
  pcm.push(tone(440, 24_000, 48_000), 24_000);
  expect(pcm.bufferedMs).toBe(0);
});

it('says what to do when the worklet cannot be loaded', async () => {
  await expect(createPcmTrack({ workletUrl: '/nothing-here.js' })).rejects.toMatchObject({ reason: 'worklet-blocked' });
  await expect(createPcmTrack({ volume: 2 })).rejects.toMatchObject({ reason: 'invalid-options' });
});
