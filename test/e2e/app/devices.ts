const { AudioContext: RealAudioContext } = window;
const contexts = new Set<AudioContext>();
const tracks = new Set<MediaStreamTrack>();
let isInterrupted = false;

/** Lets a test reach the audio hardware of the page. Has to run before anything else. */
export function watchDevices(): void {
  window.AudioContext = class extends RealAudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
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
    const stream = await getUserMedia(constraints);
    for (const track of stream.getTracks()) tracks.add(track);
    return stream;
  };
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
