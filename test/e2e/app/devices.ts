import { convertPcm } from '../../../src/dsp/convertPcm.js';

const { AudioContext: RealAudioContext } = window;
const contexts = new Set<AudioContext>();
const tracks = new Set<MediaStreamTrack>();
let isInterrupted = false;

/** The rate of most sound hardware: at the hardware's own no browser converts. */
const PAGE_MICROPHONE_RATE_HZ = 48_000;
let speech: Int16Array | null = null;

/** Lets a test reach the audio hardware of the page. Has to run before anything else. */
export function watchDevices(): void {
  window.AudioContext = class extends RealAudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      for (const context of contexts) if (context.state === 'closed') contexts.delete(context);
      contexts.add(this);
    }

    // Of Safari's own states; Chromium's type does not have it.
    override get state(): AudioContextState {
      return isInterrupted && super.state !== 'closed' ? 'interrupted' : super.state;
    }

    override resume(): Promise<void> {
      return isInterrupted ? Promise.reject(new DOMException('The context is interrupted.', 'InvalidStateError')) : super.resume();
    }
  };
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = speech ? openPageMicrophone(speech) : await getUserMedia(constraints);
    for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
    for (const track of stream.getTracks()) tracks.add(track);
    return stream;
  };
}

/**
 * From now on the microphone is one that the page makes: it says this speech from when it is opened, by the clock of the page's own sound.
 * A real device does not wait for a machine that has too much to do; this one does, and not a sample is lost on its way into the page.
 */
export function speakIntoMicrophone(samples: readonly number[], sampleRateHz: number): void {
  speech = convertPcm(Int16Array.from(samples), sampleRateHz, PAGE_MICROPHONE_RATE_HZ);
}

function openPageMicrophone(samples: Int16Array): MediaStream {
  const context = new RealAudioContext({ sampleRate: PAGE_MICROPHONE_RATE_HZ });
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: PAGE_MICROPHONE_RATE_HZ });
  buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32_768), 0);
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(destination);
  source.start();
  return destination.stream;
}

/** An audio context that {@link suspendSound} does not touch. */
export function privateAudioContext(): AudioContext {
  return new RealAudioContext();
}

/** Stops all audio processing of the page, as a browser does that saves power or takes a phone call. */
export async function suspendSound(): Promise<void> {
  await Promise.all([...contexts].filter(({ state }) => state === 'running').map((context) => context.suspend()));
}

/** Takes all sound from the page, as iOS does for a phone call: contexts are `interrupted`, and none can be resumed. */
export async function interruptSound(): Promise<void> {
  isInterrupted = true;
  await Promise.all([...contexts].filter((context) => context.state !== 'closed').map((context) => context.suspend()));
}

/** Gives it back; who wants sound has to resume it. */
export function endInterruption(): void {
  isInterrupted = false;
  for (const context of contexts) context.dispatchEvent(new Event('statechange'));
}

/** Takes the microphone away, as when its plug is pulled. */
export function unplugMicrophone(): void {
  for (const track of tracks) {
    if (track.kind !== 'audio' || track.readyState === 'ended') continue;
    track.stop();
    // Only the browser's own end of a track is told of.
    track.dispatchEvent(new Event('ended'));
  }
}

/** Microphone tracks that are open. */
export function openMicrophones(): number {
  return [...tracks].filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live').length;
}
