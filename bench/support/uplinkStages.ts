import type { FrameCapture } from '../../src/audio/captureFrames.js';

/** When each stage heard a click, in milliseconds since 1970, by name. */
export type StageMoments = Readonly<Record<string, readonly number[]>>;

/** In every one of them a click is a sample above this, after quiet. */
const LISTEN = `let wasLoud = false;
const hear = (samples, threshold) => {
  const isLoud = samples.some((sample) => sample > threshold);
  const isFirst = isLoud && !wasLoud;
  wasLoud = isLoud;
  return isFirst;
};`;

const BARE_WORKLET = `${LISTEN}
registerProcessor('bare', class extends AudioWorkletProcessor {
  process([[input]]) {
    if (input && hear(input, 0.25)) this.port.postMessage(Date.now());
    return true;
  }
});`;

const BARE_TRACK_READER = `${LISTEN}
onmessage = async ({ data: readable }) => {
  for await (const sound of readable) {
    const samples = new Float32Array(sound.numberOfFrames);
    sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    sound.close();
    if (hear(samples, 0.25)) postMessage(Date.now());
  }
};`;

/** Header of 16 bytes, then the microphone's 160 samples: see micFrame. */
const FRAME_READER = `${LISTEN}
onmessage = ({ data: port }) => {
  port.onmessage = ({ data }) => {
    if (hear(new Int16Array(data, 16, 160), 8000)) postMessage(Date.now());
    port.postMessage(data, [data]);
  };
};`;

/** Chromium's own: it makes `AudioData` of a track. */
declare class MediaStreamTrackProcessor {
  constructor(options: { readonly track: MediaStreamTrack });
  readonly readable: ReadableStream;
}

/** Notes when the sound passes where, and what the browser alone takes for it: neither worklet nor reader does anything else. */
export async function startStages(stream: MediaStream, capture: FrameCapture): Promise<{ readonly moments: StageMoments; stop(): void }> {
  const moments = { 'a bare worklet': new Array<number>(), 'a bare track processor': new Array<number>(), 'our frame from the worklet': new Array<number>(), 'our frame for the socket': new Array<number>() };
  const note = (name: keyof typeof moments) => ({ data }: MessageEvent<number>) => void moments[name].push(data);

  const context = new AudioContext({ latencyHint: 'interactive' });
  await context.audioWorklet.addModule(addressOf(BARE_WORKLET));
  const node = new AudioWorkletNode(context, 'bare', { numberOfOutputs: 0 });
  node.port.onmessage = note('a bare worklet');
  context.createMediaStreamSource(stream.clone()).connect(node);
  await context.resume();

  const [track] = stream.clone().getAudioTracks();
  if (!track) throw new Error('The stream has no sound.');
  const bare = new Worker(addressOf(BARE_TRACK_READER));
  bare.onmessage = note('a bare track processor');
  const { readable } = new MediaStreamTrackProcessor({ track });
  bare.postMessage(readable, [readable]);

  const readers = ([['our frame from the worklet', capture.openPort()], ['our frame for the socket', (await capture.voice).openPort()]] as const).map(([name, port]) => {
    const worker = new Worker(addressOf(FRAME_READER));
    worker.onmessage = note(name);
    worker.postMessage(port, [port]);
    return worker;
  });
  return {
    moments,
    stop() {
      for (const worker of [bare, ...readers]) worker.terminate();
      track.stop();
      void context.close();
    },
  };
}

function addressOf(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}
