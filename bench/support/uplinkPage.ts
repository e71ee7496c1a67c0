import { captureFrames } from '../../src/audio/captureFrames.js';
import { createVoiceSocketHost } from '../../src/audio-socket/createVoiceSocketHost.js';
import type { VoiceSocketEvents } from '../../src/audio-socket/VoiceSocket.js';
import { createDveWire } from '../../src/services/dve/createDveWire.js';
import micCaptureSource from '../../worklets/mic-capture.ts?worklet';
import voiceSocketSource from '../../worklets/voice-socket.ts?worklet';
import { startPeers } from './uplinkPeers.js';

export interface UplinkRun {
  readonly durationMs: number;
  /** Whether the page works for 80 ms of every 180. */
  readonly blocked: boolean;
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

/** Our own two ways. @returns how to end them. */
async function startOurs(stream: MediaStream, urlOf: (name: string) => string): Promise<() => void> {
  const settings = (name: string) =>
    ({ admission: { url: urlOf(name), ticket: 'none' }, wire: { vendor: 'dve', replyGapMs: 700 }, chunkDurationMs: 10, maxQueuedMs: 2000, fillSilence: false }) as const;
  const host = createVoiceSocketHost({ workerUrl: undefined, loadSource: async () => voiceSocketSource });
  const beside = await host.open({ settings: settings('main thread'), createWire: createDveWire, events: QUIET }, null);
  const capture = await captureFrames(stream.clone(), { source: micCaptureSource }, { onFrame: ({ samples }) => void beside.sendAudio(samples) });
  const aloneCapture = await captureFrames(stream.clone(), { source: micCaptureSource }, { onFrame: ({ sequence }) => alone.microphone?.follow(sequence, true) });
  const subscribeMicrophone = (listener: (port: MessagePort) => void) => {
    listener(aloneCapture.openPort());
    return () => undefined;
  };
  const alone = await host.open({ settings: settings('worker'), createWire: createDveWire, events: QUIET }, { subscribeMicrophone, subscribeCuts: null, subscribePlayback: null });
  if (alone.runsIn !== 'worker') throw new Error('The page was refused a Worker.');
  await Promise.all([beside.opened, alone.opened]);
  return () => {
    capture.stop();
    aloneCapture.stop();
    beside.close();
    alone.close();
  };
}

/** Runs everybody at once. @returns when each click was made, in milliseconds since 1970. */
async function run({ durationMs, blocked }: UplinkRun): Promise<number[]> {
  const urlOf = (name: string) => `${location.origin.replace('http', 'ws')}/${encodeURIComponent(name)}`;
  const context = new AudioContext();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([CLICKS], { type: 'text/javascript' })));
  const source = new AudioWorkletNode(context, 'clicks', { numberOfInputs: 0, outputChannelCount: [1] });
  const atMs: number[] = [];
  source.port.onmessage = ({ data }: MessageEvent<number>) => atMs.push(data);
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(destination);
  await context.resume();
  const stops = [await startOurs(destination.stream, urlOf), await startPeers(destination.stream, urlOf)];
  const timer = blocked ? setInterval(block, 180) : undefined;
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  clearInterval(timer);
  // What is under way still arrives.
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const stop of stops) stop();
  await context.close();
  return atMs;
}

function block(): void {
  const untilMs = performance.now() + 80;
  while (performance.now() < untilMs);
}

Object.assign(window, { runUplink: run });
