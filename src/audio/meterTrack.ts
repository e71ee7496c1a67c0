import type { Clock } from '../clock/clock.js';
import { onGesture } from '../events/onGesture.js';

export interface TrackMeterOptions {
  readonly clock: Clock;
  /** 50 times a second: root mean square, 0 to 1. */
  readonly onLevel: (level: number) => void;
  /** Called in its place while the browser runs no sound, so that nothing can be measured. Default: `onLevel(0)`. */
  readonly onBlind?: () => void;
}

const PERIOD_MS = 20;
/** At 48 kHz a window of 43 ms: a little more than the period, so that no syllable falls between two looks. */
const WINDOW_SAMPLES = 2048;

/**
 * Measures how loud a track is, without playing it. The track stays the caller's.
 *
 * @returns ends it and releases the audio context. Idempotent.
 */
export function meterTrack(track: MediaStreamTrack, { clock, onLevel, onBlind = () => onLevel(0) }: TrackMeterOptions): () => void {
  // Without Web Audio there is no meter; what is measured is heard all the same.
  if (typeof AudioContext === 'undefined') return () => undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = WINDOW_SAMPLES;
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  const window = new Float32Array(WINDOW_SAMPLES);
  // Made before the page was clicked it stands still until then; a refusal is repeated at the next click.
  const resume = (): void => {
    if (context.state === 'suspended') context.resume().catch(() => undefined);
  };
  const stopResuming = onGesture(resume);
  resume();

  let cancel = clock.schedule(measure, PERIOD_MS);
  function measure(): void {
    cancel = clock.schedule(measure, PERIOD_MS);
    if (context.state !== 'running') return onBlind();
    analyser.getFloatTimeDomainData(window);
    let energy = 0;
    for (const sample of window) energy += sample * sample;
    onLevel(Math.min(1, Math.sqrt(energy / WINDOW_SAMPLES)));
  }

  return () => {
    cancel();
    stopResuming();
    source.disconnect();
    // It rejects only where it is closed already.
    if (context.state !== 'closed') context.close().catch(() => undefined);
  };
}
