import type { Clock } from '../clock/clock.js';
import type { SpeakResult } from './AvatarSession.js';

/** Sent ahead of real time, so that the avatar never runs dry between two timers. */
const LEAD_MS = 200;
const TICK_MS = 40;
/** Sent at once at most. A page that has slept goes on speaking where it was, at speaking pace. */
const MAX_BURST_MS = 500;

export interface PacedSpeech {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends samples, or returns false when there is no connection at present: sending then waits. */
  readonly send: (samples: Int16Array) => boolean;
}

/**
 * Sends a recording at speaking pace. While there is no connection time stands still for it,
 * and it goes on where it was.
 */
export function speakPaced(speech: PacedSpeech): Promise<SpeakResult> {
  const { samples, sampleRateHz, clock, signal, send } = speech;
  const samplesPerMs = sampleRateHz / 1000;
  let position = 0;
  let originMs = clock.now();

  return new Promise((resolve) => {
    let cancel = () => {};
    const finish = (interrupted: boolean) => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      resolve({ interrupted, sentMs: Math.round(position / samplesPerMs) });
    };
    const onAbort = () => finish(true);

    function tick(): void {
      const positionMs = position / samplesPerMs;
      originMs = Math.max(originMs, clock.now() + LEAD_MS - positionMs - MAX_BURST_MS);
      const dueMs = clock.now() - originMs + LEAD_MS;
      const end = Math.min(samples.length, Math.floor(dueMs * samplesPerMs));
      if (end > position) {
        if (send(samples.subarray(position, end))) position = end;
        else originMs = clock.now() - position / samplesPerMs;
      }
      if (position < samples.length) cancel = clock.schedule(tick, TICK_MS);
      else finish(false);
    }

    if (signal.aborted) return finish(true);
    signal.addEventListener('abort', onAbort);
    tick();
  });
}
