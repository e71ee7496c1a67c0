/** Tells sound that comes in one go, because the thread was busy, from sound that comes as it is spoken. */
export interface CatchUp {
  /**
   * Told of each chunk before it is sent.
   * @param queuedMs what the socket still holds of what was sent before
   * @returns how much more than usual the socket may hold now. Milliseconds.
   */
  allow(durationMs: number, queuedMs: number): number;
}

/** As long as the audio thread keeps frames for a reader that is busy: what is lost is lost there. */
const MAX_MS = 10_000;
/** What gathers in a shorter pause a socket holds as it is. */
const PAUSE_MS = 500;
/** A chunk that comes sooner than this part of its own length was waiting; others were spoken meanwhile. */
const WAITED = 0.5;
/** Chunks as they are spoken, one after the other, for so long: nothing is waiting any more. */
const PACED_MS = 100;

/**
 * Makes a watch over chunks. After a pause, those that come faster than they can have been spoken are what has gathered meanwhile: a
 * socket that holds them is not one that cannot keep up, and they may stay in it until they have left.
 */
export function createCatchUp(now: () => number): CatchUp {
  let cameAtMs = now();
  let pacedMs = 0;
  /** What may have gathered and has not come yet. */
  let gatheredMs = 0;
  /** What has come of it, as far as it may still be in the socket. */
  let allowedMs = 0;

  return {
    allow(durationMs, queuedMs) {
      const pauseMs = now() - cameAtMs;
      cameAtMs = now();
      allowedMs = Math.min(allowedMs, queuedMs);
      if (pauseMs >= PAUSE_MS) gatheredMs = Math.min(MAX_MS, gatheredMs + pauseMs);
      pacedMs = pauseMs >= PAUSE_MS || pauseMs < durationMs * WAITED ? 0 : pacedMs + durationMs;
      if (pacedMs >= PACED_MS) gatheredMs = 0;
      const partMs = Math.min(gatheredMs, durationMs);
      gatheredMs -= partMs;
      allowedMs = Math.min(MAX_MS, allowedMs + partMs);
      return allowedMs;
    },
  };
}
