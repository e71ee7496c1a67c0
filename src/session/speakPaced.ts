import type { Clock } from '../clock/clock.js';
import type { SpeakResult } from './AvatarSession.js';
import { SERVICE_RATE_HZ } from './speechFormat.js';
import type { SpeechSource } from './SpeechSource.js';

/** Sent ahead of real time, so that the avatar never runs dry between two timers. */
const LEAD_MS = 200;
const TICK_MS = 40;
/** Sent at once at most. A page that has slept goes on speaking where it was, at speaking pace. */
const MAX_BURST_MS = 500;
const SAMPLES_PER_MS = SERVICE_RATE_HZ / 1000;

export interface PacedSpeech {
  readonly speech: SpeechSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends samples and says how many milliseconds of them were dropped, or null when there is no connection at present: sending then waits. */
  readonly send: (samples: Int16Array) => number | null;
  /** What was sent has been heard to its end and more has not come yet: nothing of it may wait for a chunk to fill. */
  readonly flush: () => void;
}

/**
 * Sends speech at speaking pace. While there is no connection time stands still for it, and it goes on where it was.
 * So it does while a stream has nothing to give: what comes late is said late, and none of it faster.
 *
 * Rejects with what the stream throws, at once.
 */
export function speakPaced({ speech, clock, signal, send, flush }: PacedSpeech): Promise<SpeakResult> {
  let position = 0;
  let droppedMs = 0;
  let flushed = 0;
  /** The moment at which the first sample was heard, were all heard without a pause. */
  let originMs = clock.now();
  let starved = false;
  let settled = false;
  let cancel = () => {};
  const heardMs = () => position / SAMPLES_PER_MS;

  return new Promise((resolve) => {
    function settle(): void {
      settled = true;
      cancel();
      signal.removeEventListener('abort', onAbort);
      speech.watch(() => {});
    }

    function finish(interrupted: boolean): void {
      settle();
      resolve({ interrupted, sentMs: Math.max(0, Math.round(heardMs() - droppedMs)) });
    }

    function onAbort(): void {
      finish(true);
    }

    /** Sends what is due. Returns whether more was due than has come. */
    function sendDue(): boolean {
      let due = Math.floor((clock.now() - originMs + LEAD_MS) * SAMPLES_PER_MS) - position;
      while (due > 0 && !settled) {
        const piece = speech.peek(due);
        if (piece.length === 0) return true;
        const lostMs = send(piece);
        if (lostMs === null) {
          originMs = clock.now() - heardMs();
          return false;
        }
        speech.skip(piece.length);
        position += piece.length;
        due -= piece.length;
        droppedMs += lostMs;
      }
      return false;
    }

    function tick(): void {
      if (starved) originMs = Math.max(originMs, clock.now() - heardMs());
      originMs = Math.max(originMs, clock.now() + LEAD_MS - heardMs() - MAX_BURST_MS);
      starved = sendDue();
      if (settled) return;
      if (speech.ended) return finish(false);
      if (starved && clock.now() - originMs >= heardMs()) {
        // The next sample wakes it.
        if (position > flushed) flush();
        flushed = position;
        return;
      }
      cancel = clock.schedule(tick, TICK_MS);
    }

    function onChange(): void {
      if (speech.failure) {
        settle();
        resolve(rethrow(speech.failure.error));
      } else if (starved) {
        cancel();
        tick();
      }
    }

    if (signal.aborted) return finish(true);
    signal.addEventListener('abort', onAbort);
    speech.watch(onChange);
    if (speech.failure) onChange();
    else tick();
  });
}

/** Hands back to an application what it threw, as it is. */
async function rethrow(error: unknown): Promise<never> {
  throw error;
}
