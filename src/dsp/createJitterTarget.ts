/** How much speech to gather before it is played, learned from how regularly it arrives. */
export interface JitterTarget {
  readonly targetMs: number;
  /** How often speech ran dry before its end. */
  readonly underruns: number;
  /** Playing starts with this much gathered. */
  onStart(bufferedMs: number): void;
  /** More arrived in time, with `bufferedMs` left to play. */
  onArrival(bufferedMs: number): void;
  /** More arrived too late: nothing was left to play for `gapMs`. */
  onUnderrun(gapMs: number): void;
  onPlayed(durationMs: number): void;
}

/** Bridges the usual unevenness of a socket: one lost and repeated segment on a near server, or three late 20 ms chunks. */
const INITIAL_MS = 70;
const MIN_MS = 40;
/** Beyond it, waiting for an answer is worse than a gap in one. */
const MAX_MS = 400;
/** Left over in the worst case of a window that passes for safe. */
const SPARE_MS = 20;
const GROW_MIN_MS = 20;
const GROW_MAX_MS = 100;
const SHRINK_MS = 5;
const WINDOW_MS = 5000;

/**
 * Starts at 70 ms. An underrun raises it by what was missing (20 to 100 ms, to 400 ms at most). Each 5 s of speech in which every
 * chunk came early enough to have been in time with less lowers it by 5 ms, to 40 ms at least.
 */
export function createJitterTarget(): JitterTarget {
  let targetMs = INITIAL_MS;
  let underruns = 0;
  let startMs = 0;
  let lowestMs = Infinity;
  let playedMs = 0;

  function beginWindow(): void {
    lowestMs = Infinity;
    playedMs = 0;
  }

  return {
    get targetMs() {
      return targetMs;
    },
    get underruns() {
      return underruns;
    },
    onStart(bufferedMs) {
      startMs = bufferedMs;
    },
    onArrival(bufferedMs) {
      lowestMs = Math.min(lowestMs, bufferedMs);
    },
    onUnderrun(gapMs) {
      underruns++;
      targetMs = Math.min(MAX_MS, targetMs + Math.min(GROW_MAX_MS, Math.max(GROW_MIN_MS, gapMs)));
      beginWindow();
    },
    onPlayed(durationMs) {
      playedMs += durationMs;
      if (playedMs < WINDOW_MS) return;
      // What was started with, less what was never touched, is what this connection needs.
      const neededMs = startMs - lowestMs + SPARE_MS;
      if (targetMs - SHRINK_MS >= neededMs) targetMs = Math.max(MIN_MS, targetMs - SHRINK_MS);
      beginWindow();
    },
  };
}
