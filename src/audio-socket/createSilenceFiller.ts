import type { Clock } from '../clock/clock.js';

/** Goes on with silence where the microphone stops. */
export interface SilenceFiller {
  start(): void;
  /** Sound has been sent: no silence is needed for now. */
  onSound(): void;
  stop(): void;
}

export interface SilenceFillerOptions {
  readonly clock: Clock;
  readonly frameMs: number;
  /** Sends that much silence. */
  readonly send: (durationMs: number) => void;
}

/** Network and timers make a live microphone stutter this much; it must not get silence in between. */
const PATIENCE_MS = 250;
/** A page in the background is woken once a second at best. What was missed beyond that is not made up for. */
const MAX_CATCH_UP_MS = 1_000;

/**
 * The service takes a continuous stream and finds the end of an utterance in its silence: a microphone that is muted in
 * mid-sentence would leave it waiting for ever.
 */
export function createSilenceFiller({ clock, frameMs, send }: SilenceFillerOptions): SilenceFiller {
  let cancel: (() => void) | null = null;
  /** Up to when the stream is complete. */
  let filledToMs = 0;
  let dueAtMs = 0;

  function schedule(run: () => void, delayMs: number): void {
    dueAtMs = clock.now() + delayMs;
    cancel = clock.schedule(run, delayMs);
  }

  function tick(): void {
    // A thread that was busy has the microphone's sound waiting behind this very timer: that comes first, and needs no silence.
    if (clock.now() - dueAtMs > PATIENCE_MS) schedule(fill, 0);
    else fill();
  }

  function fill(): void {
    const dueMs = Math.min(clock.now() - filledToMs, MAX_CATCH_UP_MS);
    const wholeMs = Math.floor(dueMs / frameMs) * frameMs;
    if (wholeMs > 0) send(wholeMs);
    filledToMs = clock.now() - (dueMs - wholeMs);
    schedule(tick, frameMs);
  }

  function wait(): void {
    cancel?.();
    filledToMs = clock.now();
    schedule(tick, PATIENCE_MS);
  }

  return {
    start: wait,
    onSound() {
      if (cancel) wait();
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
