import { captureFrames, type FrameCapture } from '../../src/audio/captureFrames.js';
import { createVoiceSocketHost } from '../../src/audio-socket/createVoiceSocketHost.js';
import type { VoiceSocketEvents } from '../../src/audio-socket/VoiceSocket.js';
import { createDveWire } from '../../src/services/dve/createDveWire.js';
import micCaptureSource from '../../worklets/mic-capture.ts?worklet';
import voiceSocketSource from '../../worklets/voice-socket.ts?worklet';
import { startPeers } from './uplinkPeers.js';
import { startStages, type StageMoments } from './uplinkStages.js';

export interface UplinkRun {
  readonly durationMs: number;
  /** Whether the page works for 80 ms of every 180. */
  readonly blocked: boolean;
}

/** In milliseconds since 1970. */
export interface UplinkMoments {
  readonly clicks: readonly number[];
  readonly stages: StageMoments;
}

/** In a worklet of its own: 4 ms of a loud level every 497 ms, an interval that drifts against that of the blocking. */
const CLICKS = `registerProcessor('clicks', class extends AudioWorkletProcessor {
  next = currentTime + 1; left = 0;
  process(_, [[output]]) {
    if (currentTime >= this.next) { this.next += 0.497; this.left = 2; this.port.postMessage(Date.now()); }
    if (this.left > 0) { this.left--; output.fill(0.75); }
    return true;
  }
});`;

const QUIET: VoiceSocketEvents = {
  onMessage: () => undefined,
  onSpeech: () => undefined,
  onSpeechPass: () => undefined,
  onSpeechClear: () => undefined,
  onInterrupt: () => undefined,
  onCut: () => undefined,
  onError: () => undefined,
  onLose: () => undefined,
  onClose: () => undefined,
};

/** Our own two ways, as a session goes them. */
async function startOurs(stream: MediaStream, urlOf: (name: string) => string): Promise<{ readonly capture: FrameCapture; stop(): void }> {
  const settings = (name: string) =>
    ({ admission: { url: urlOf(name), ticket: 'none' }, wire: { vendor: 'dve', replyGapMs: 700 }, chunkDurationMs: 10, maxQueuedMs: 2000, fillSilence: false }) as const;
  const host = createVoiceSocketHost({ workerUrl: undefined, loadSource: async () => voiceSocketSource });
  const beside = await host.open({ settings: settings('main thread'), createWire: createDveWire, events: QUIET }, null);
  const capture = await captureFrames(stream.clone(), { source: micCaptureSource }, { onFrame: () => undefined });
  (await capture.voice).read(({ samples }) => void beside.sendAudio(samples));
  const aloneCapture = await captureFrames(stream.clone(), { source: micCaptureSource }, { onFrame: () => undefined });
  const aloneVoice = await aloneCapture.voice;
  const subscribeMicrophone = (listener: (port: MessagePort) => void) => {
    listener(aloneVoice.openPort());
    return () => undefined;
  };
  const alone = await host.open({ settings: settings('worker'), createWire: createDveWire, events: QUIET }, { subscribeMicrophone, subscribeCuts: null, subscribePlayback: null });
  if (alone.runsIn !== 'worker') throw new Error('The page was refused a Worker.');
  aloneVoice.read(({ sequence }) => alone.microphone?.follow(sequence, true));
  await Promise.all([beside.opened, alone.opened]);
  return {
    capture: aloneCapture,
    stop() {
      capture.stop();
      aloneCapture.stop();
      beside.close();
      alone.close();
    },
  };
}

/** Runs everybody at once. */
async function run({ durationMs, blocked }: UplinkRun): Promise<UplinkMoments> {
  const urlOf = (name: string) => `${location.origin.replace('http', 'ws')}/${encodeURIComponent(name)}`;
  const context = new AudioContext();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([CLICKS], { type: 'text/javascript' })));
  const source = new AudioWorkletNode(context, 'clicks', { numberOfInputs: 0, outputChannelCount: [1] });
  const atMs: number[] = [];
  source.port.onmessage = ({ data }: MessageEvent<number>) => atMs.push(data);
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(destination);
  await context.resume();
  const ours = await startOurs(destination.stream, urlOf);
  const stopPeers = await startPeers(destination.stream, urlOf);
  const stages = await startStages(destination.stream, ours.capture);
  const timer = blocked ? setInterval(block, 180) : undefined;
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  clearInterval(timer);
  // What is under way still arrives.
  await new Promise((resolve) => setTimeout(resolve, 400));
  ours.stop();
  stopPeers();
  stages.stop();
  await context.close();
  return { clicks: atMs, stages: stages.moments };
}

function block(): void {
  const untilMs = performance.now() + 80;
  while (performance.now() < untilMs);
}

Object.assign(window, { runUplink: run });
