import { afterEach, expect, it } from 'vitest';
import { captureFrames } from '../../src/audio/captureFrames.js';
import { createMicrophone } from '../../src/audio/createMicrophone.js';
import { loadWorklet } from '../../src/audio/loadWorklet.js';
import { MIC_FRAME_BYTES, micFrame } from '../../src/dsp/micFrame.js';
import source from '../../worklets/mic-capture.ts?worklet';
import { HAS_WEBRTC } from './support/engine.js';

// A busy machine may take its time.
const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 10_000, ...options });
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const toneTrack = (frequency: number) => trackOf((context) => new OscillatorNode(context, { frequency }), 0.5);
const steadyTrack = (level: number) => trackOf((context) => new ConstantSourceNode(context), level);

/** A track that carries a source, in a context of its own. */
async function trackOf(createSource: (context: AudioContext) => AudioScheduledSourceNode, gain: number): Promise<MediaStreamTrack> {
  const context = new AudioContext();
  undo.push(() => context.close());
  const sound = createSource(context);
  const destination = new MediaStreamAudioDestinationNode(context);
  sound.connect(new GainNode(context, { gain })).connect(destination);
  sound.start();
  await context.resume();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('A destination without a track.');
  return track;
}

const peakOf = (samples: Int16Array) => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0) / 32768;

/** How often the sound rises through zero in a second, over the latest 200 ms. */
function createFrequencyMeter() {
  let latest: Int16Array[] = [];
  return {
    push(samples: Int16Array) {
      latest = [...latest, samples.slice()].slice(-20);
    },
    get hz() {
      const joined = latest.flatMap((samples) => [...samples]);
      return 5 * joined.filter((value, index) => index > 0 && (joined[index - 1] ?? 0) < 0 && value >= 0).length;
    },
    get peak() {
      return Math.max(0, ...latest.map(peakOf));
    },
  };
}

async function openCapture(frequencyHz = 300) {
  const stream = new MediaStream([await toneTrack(frequencyHz)]);
  const microphone = createFrequencyMeter();
  const reference = createFrequencyMeter();
  const capture = await captureFrames(stream, { source }, { onFrame: (frame) => {
    microphone.push(frame.samples);
    reference.push(frame.reference ?? new Int16Array());
  } });
  undo.push(capture.stop);
  return { capture, microphone, reference };
}

const near = (hz: number) => expect.toSatisfy((value: number) => Math.abs(value - hz) <= 15, `about ${hz} Hz`);

it.each([44_100, 48_000, 96_000])('keeps microphone and reference together to the sample at %i Hz', async (sampleRate) => {
  const context = new AudioContext({ sampleRate });
  undo.push(() => context.close());
  await loadWorklet(context, { source });
  const node = new AudioWorkletNode(context, 'visavis-mic-capture', { numberOfInputs: 2, numberOfOutputs: 0 });
  // Ten samples at 16 kHz.
  const delaySeconds = 10 / 16_000;
  const low = new OscillatorNode(context, { frequency: 313 });
  const high = new OscillatorNode(context, { frequency: 1171 });
  const delay = new DelayNode(context, { delayTime: delaySeconds });
  for (const tone of [low, high]) {
    tone.connect(node, 0, 0);
    tone.connect(delay);
    tone.start();
  }
  delay.connect(node, 0, 1);
  const microphone: number[] = [];
  const reference: number[] = [];
  const heard = new Promise<void>((resolve) => {
    node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const frame = micFrame(data);
      microphone.push(...frame.samples);
      reference.push(...frame.reference);
      node.port.postMessage(data, [data]);
      if (microphone.length >= 16_000) resolve();
    };
  });
  await context.resume();
  await heard;
  const errors = microphone.slice(1000, 15_000).map((sample, index) => Math.abs(sample - (reference[index + 1010] ?? 0)));
  // What a DelayNode does between two samples of 44.1 kHz is linear.
  expect(Math.max(...errors)).toBeLessThan(sampleRate === 44_100 ? 400 : 3);
});

it('hears a reference that is set, replaced and removed while it runs', async () => {
  const { capture, microphone, reference } = await openCapture();
  await poll(() => microphone.hz).toEqual(near(300));
  expect(reference.peak).toBe(0);

  capture.reference.setTrack(await toneTrack(500));
  await poll(() => reference.hz).toEqual(near(500));
  expect(reference.peak).toBeCloseTo(0.5, 1);

  capture.reference.setTrack(await toneTrack(900));
  await poll(() => reference.hz).toEqual(near(900));

  capture.reference.setTrack(null);
  await poll(() => reference.peak).toBe(0);
  await poll(() => microphone.hz).toEqual(near(300));
});

it('fades from one reference to another instead of clicking', async () => {
  const tracks = [await steadyTrack(0.5), await steadyTrack(-0.5)] as const;
  const heard: number[] = [];
  const capture = await captureFrames(new MediaStream([await toneTrack(300)]), { source }, { onFrame: ({ reference }) => void heard.push(...(reference ?? [])) });
  undo.push(capture.stop);
  let turn = 0;

  async function largestStep(): Promise<number> {
    const track = tracks[turn++ % 2] ?? null;
    const goal = track === tracks[0] ? 16_384 : -16_384;
    heard.length = 0;
    capture.reference.setTrack(track);
    await poll(() => Math.abs((heard.at(-1) ?? 0) - goal)).toBeLessThan(10);
    return Math.max(...heard.slice(1).map((sample, index) => Math.abs(sample - (heard[index] ?? 0)))) / 32_768;
  }
  await largestStep();
  // A busy machine starves a stream now and then, which clicks as well; a missing fade would click every time.
  await poll(largestStep).toBeLessThan(0.06);
});

it('scales the reference as the sound is played', async () => {
  const { capture, reference } = await openCapture();
  capture.reference.setTrack(await toneTrack(500));
  await poll(() => reference.peak).toBeCloseTo(0.5, 1);
  capture.reference.setGain(0.125, 20);
  await poll(() => reference.peak).toBeCloseTo(0.0625, 2);
  capture.reference.setGain(1, 20);
  await poll(() => reference.peak).toBeCloseTo(0.5, 1);
});

it.runIf(HAS_WEBRTC)('hears a remote WebRTC track that no element plays', async () => {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  undo.push(() => [near, far].forEach((peer) => peer.close()));
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);
  const track = new Promise<MediaStreamTrack>((resolve) => (near.ontrack = (event) => resolve(event.track)));
  far.addTrack(await toneTrack(600));
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription ?? { type: 'offer' });
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription ?? { type: 'answer' });

  const { capture, reference } = await openCapture();
  capture.reference.setTrack(await track);
  await poll(() => reference.peak, { timeout: 10_000 }).toBeGreaterThan(0.1);
});

it('remembers the reference from before the start and through a restart, and leaves its track alone', async () => {
  const track = await toneTrack(500);
  const microphone = createMicrophone({ echoCancellation: false });
  undo.push(() => microphone.stop());
  const reference = createFrequencyMeter();
  microphone.subscribeFrames((frame) => reference.push(frame.reference ?? new Int16Array()));
  microphone.setReference?.(track);
  microphone.setReferenceGain?.(0.5);
  for (let start = 0; start < 2; start++) {
    await microphone.start();
    await poll(() => reference.peak).toBeCloseTo(0.25, 1);
    microphone.stop();
  }
  expect(track.readyState).toBe('live');
});

it('refuses a reference and a gain that cannot be', async () => {
  const microphone = createMicrophone();
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const [picture] = canvas.captureStream().getVideoTracks();
  expect(() => microphone.setReference?.(picture ?? null)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  for (const gain of [-0.1, 1.1, Number.NaN]) expect(() => microphone.setReferenceGain?.(gain)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  expect(() => microphone.setReferenceGain?.(1, -1)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
});

it('gives its frames on ports as well, a new one at each start, until the port is let go', async () => {
  const microphone = createMicrophone({ echoCancellation: false });
  undo.push(() => microphone.stop());
  const sequences: number[][] = [];
  const ports: MessagePort[] = [];
  const unsubscribe = microphone.subscribePorts?.((port) => {
    const heard: number[] = [];
    sequences.push(heard);
    ports.push(port);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      expect(data.byteLength).toBe(MIC_FRAME_BYTES);
      heard.push(micFrame(data).counters[0] ?? NaN);
      port.postMessage(data, [data]);
    };
  });
  await microphone.start();
  await poll(() => sequences[0]?.length).toBeGreaterThan(30);
  expect(sequences[0]).toEqual(sequences[0]?.map((_, index) => index + (sequences[0]?.[0] ?? 0)));
  microphone.stop();
  await microphone.start();
  await poll(() => sequences[1]?.length).toBeGreaterThan(5);

  ports[1]?.postMessage('done');
  let frames = 0;
  microphone.subscribeFrames(() => frames++);
  await poll(() => frames).toBeGreaterThan(5);
  const heard = sequences[1]?.length ?? 0;
  await poll(() => frames).toBeGreaterThan(20);
  expect(sequences[1]?.length).toBe(heard);
  unsubscribe?.();
  microphone.stop();
  await microphone.start();
  expect(ports).toHaveLength(2);
});
