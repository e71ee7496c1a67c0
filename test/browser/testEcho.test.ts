import { afterEach, expect, it } from 'vitest';
import type { AudioStream } from '../../src/audio/AudioStream.js';
import { captureFrames } from '../../src/audio/captureFrames.js';
import { createPlayback } from '../../src/audio/createPlayback.js';
import { playSamples } from '../../src/audio/playSamples.js';
import { testEcho } from '../../src/audio/testEcho.js';
import { chime, TEST_SOUND_RATE_HZ } from '../../src/audio/testSounds.js';
import { createScriptedMicrophone } from '../../src/testing/createScriptedMicrophone.js';
import micCaptureSource from '../../worklets/mic-capture.ts?worklet';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

/** A room: a loudspeaker, and a microphone that hears it as loud as `gain` has it. */
async function room(gain: number) {
  const context = new AudioContext();
  await context.resume();
  undo.push(() => void context.close());
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  // The hiss that every microphone has.
  const hiss = new AudioBuffer({ length: context.sampleRate, sampleRate: context.sampleRate });
  hiss.getChannelData(0).forEach((_, n, samples) => (samples[n] = 0.002 * Math.sin(n * n)));
  const source = new AudioBufferSourceNode(context, { buffer: hiss, loop: true });
  source.connect(destination);
  source.start();

  const playback = createPlayback();
  const start = playback.start;
  playback.start = async () => {
    await start();
    const track = playback.mediaStreamTrack;
    if (!track) throw new Error('no track is played');
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(new GainNode(context, { gain })).connect(destination);
  };
  const microphone = createScriptedMicrophone({ status: 'on' });
  const capture = await captureFrames(destination.stream, { source: micCaptureSource }, { onFrame: microphone.emitFrame });
  undo.push(capture.stop);
  return { playback, microphone };
}

const idle = new AbortController().signal;
const test = (microphone: AudioStream, playback = createPlayback(), signal = idle) => testEcho({ microphone, playback, deviceId: '', volume: 1, signal });

it('tells a microphone that hears the loudspeaker from one that does not', async () => {
  const loud = await room(0.3);
  const silent = await room(0);
  const verdicts = await Promise.all([test(loud.microphone, loud.playback), test(silent.microphone, silent.playback)]);
  expect(verdicts).toEqual(['echo', 'clean']);
  expect([loud, silent].map(({ playback }) => playback.getSnapshot().status)).toEqual(['off', 'off']);
  expect([loud, silent].map(({ microphone }) => microphone.listenerCount)).toEqual([0, 0]);
});

it('says that it needs a microphone that is on, also when it goes off in the middle', async () => {
  await expect(test(createScriptedMicrophone())).rejects.toMatchObject({ reason: 'not-ready' });
  const microphone = createScriptedMicrophone({ status: 'on' });
  const running = test(microphone);
  microphone.stop();
  await expect(running).rejects.toMatchObject({ reason: 'not-ready' });
  expect(microphone.listenerCount).toBe(0);
});

it('ends at once when it is aborted, and stops what it plays', async () => {
  const playback = createPlayback();
  const controller = new AbortController();
  const statuses: string[] = [];
  playback.subscribe(() => statuses.push(playback.getSnapshot().activity));
  const playing = playSamples(chime(), TEST_SOUND_RATE_HZ, { deviceId: '', volume: 0.5, signal: controller.signal, playback });
  await expect.poll(() => statuses).toContain('playing');
  controller.abort();
  await expect(playing).rejects.toMatchObject({ name: 'AbortError' });
  expect(playback.getSnapshot().status).toBe('off');
});

it('plays a sound to its end', async () => {
  const playback = createPlayback();
  let played = 0;
  playback.subscribePosition((positionMs) => (played = Math.max(played, positionMs)));
  await playSamples(chime(), TEST_SOUND_RATE_HZ, { deviceId: '', volume: 0.5, signal: idle, playback });
  expect(played).toBeGreaterThan(550);
});

it('says that a loudspeaker is gone', async () => {
  await expect(playSamples(chime(), TEST_SOUND_RATE_HZ, { deviceId: 'no-such-device', volume: 1, signal: idle })).rejects.toMatchObject({ reason: 'sound-unavailable' });
});
