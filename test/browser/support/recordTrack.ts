import { expect } from 'vitest';
import { loadWorklet } from '../../../src/audio/loadWorklet.js';
import { HAS_EXACT_TRACKS } from './engine.js';

/** Passes on every sample that it hears. */
const RECORDER = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([[samples]]) {
    if (samples) this.port.postMessage(samples.slice());
    return true;
  }
});`;

/** What feeds a track that a context makes. */
const feeds = new WeakMap<MediaStreamTrack, AudioNode>();

/** Remembers what is connected to tracks from now on. @returns ends it. */
export function watchFeeds(): () => void {
  const connect = Object.getOwnPropertyDescriptor(AudioNode.prototype, 'connect');
  const original = AudioNode.prototype.connect as (this: AudioNode, ...rest: unknown[]) => unknown; // one of its two forms, whichever is called
  Object.defineProperty(AudioNode.prototype, 'connect', {
    ...connect,
    value(this: AudioNode, target: unknown, ...rest: unknown[]) {
      if (target instanceof MediaStreamAudioDestinationNode) for (const track of target.stream.getAudioTracks()) feeds.set(track, this);
      return original.call(this, target, ...rest);
    },
  });
  return () => void Object.defineProperty(AudioNode.prototype, 'connect', connect ?? {});
}

/**
 * Records what the track carries, in the context that makes it: another one would resample it. Where the engine changes a track's samples
 * on their way into a context, it records what the context renders into the track.
 */
export async function recordTrack(context: AudioContext, track: MediaStreamTrack | null) {
  if (!track) throw new Error('no track is heard');
  const listener = HAS_EXACT_TRACKS ? new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }) : null;
  const source = listener ?? feeds.get(track);
  if (!source) throw new Error('nothing feeds the track');
  await loadWorklet(context, { source: RECORDER });
  const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
  const heard: number[] = [];
  recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => heard.push(...data);
  source.connect(recorder);
  const stop = () => {
    listener?.disconnect();
    recorder.port.close();
  };
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return { heard, stop };
}
