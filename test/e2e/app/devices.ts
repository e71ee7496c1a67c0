const { AudioContext: RealAudioContext } = window;
const contexts = new Set<AudioContext>();
const tracks = new Set<MediaStreamTrack>();

/** Lets a test reach the audio hardware of the page. Has to run before anything else. */
export function watchDevices(): void {
  window.AudioContext = class extends RealAudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      for (const context of contexts) if (context.state === 'closed') contexts.delete(context);
      contexts.add(this);
    }
  };
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
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
