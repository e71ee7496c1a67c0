export interface MediaSource {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** A microphone with a tone in it. */
export async function createTone(frequencyHz = 300): Promise<MediaSource> {
  const context = new AudioContext();
  await context.resume();
  const destination = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency: frequencyHz });
  tone.connect(destination);
  tone.start();
  return { track: first(destination.stream.getAudioTracks()), close: () => void context.close() };
}

/** A camera that shows a moving pattern: a canvas sends nothing while it does not change. */
export function createPattern(): MediaSource {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const context = canvas.getContext('2d');
  const timer = setInterval(() => {
    if (!context) return;
    context.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
    context.fillRect(0, 0, 128, 128);
  }, 40);
  return { track: first(canvas.captureStream(25).getVideoTracks()), close: () => clearInterval(timer) };
}

function first(tracks: readonly MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks;
  if (!track) throw new Error('no track');
  return track;
}
