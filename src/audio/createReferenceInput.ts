/** The avatar's sound on its way into the capture worklet. */
export interface ReferenceInput {
  /** Listens to this track from now on; null for none. The track stays the caller's. */
  setTrack(track: MediaStreamTrack | null): void;
  /** Scales it, 0 to 1, by the loudness at which it is played. */
  setGain(gain: number, rampMs: number): void;
  /** Lets go of everything. */
  stop(): void;
}

/** Where one sound takes over from another, each is faded: a step would be a click that nobody has played. */
const FADE_SECONDS = 0.005;
/** A browser gives silence from a new source until its buffer has filled; the sound itself would begin with a step. */
const SETTLE_SECONDS = 0.05;

/**
 * Makes an input without a track.
 *
 * @param connect called once with the node that carries the sound.
 */
export function createReferenceInput(context: AudioContext, connect: (output: AudioNode) => void): ReferenceInput {
  const volume = new GainNode(context, { gain: 1 });
  connect(volume);
  let current: { readonly track: MediaStreamTrack; readonly end: (fadeSeconds: number) => void } | null = null;

  function listenTo(track: MediaStreamTrack): (fadeSeconds: number) => void {
    const stream = new MediaStream([track]);
    const source = context.createMediaStreamSource(stream);
    const fade = new GainNode(context, { gain: 0 });
    fade.gain.setTargetAtTime(1, context.currentTime + SETTLE_SECONDS, FADE_SECONDS / 3);
    source.connect(fade).connect(volume);
    // Chrome feeds a remote track to a context only while some element has it as well.
    // https://crbug.com/933677
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    let ended = false;

    function disconnect(): void {
      source.disconnect();
      fade.disconnect();
      element.srcObject = null;
    }

    return (fadeSeconds) => {
      if (ended) return disconnect();
      ended = true;
      if (fadeSeconds === 0 || context.state !== 'running') return disconnect();
      fade.gain.setTargetAtTime(0, context.currentTime, fadeSeconds / 3);
      // The context's own clock says when the fade is over; a timer of the page would not.
      const clock = new ConstantSourceNode(context, { offset: 0 });
      clock.onended = disconnect;
      clock.start();
      clock.stop(context.currentTime + 2 * fadeSeconds);
    };
  }

  return {
    setTrack(track) {
      if (track === (current?.track ?? null)) return;
      current?.end(FADE_SECONDS);
      current = track && { track, end: listenTo(track) };
    },
    // Starts wherever an earlier change has got to, which Firefox does not tell.
    setGain: (gain, rampMs) => void volume.gain.setTargetAtTime(gain, context.currentTime, rampMs / 3000),
    stop() {
      current?.end(0);
      current = null;
      volume.disconnect();
    },
  };
}
