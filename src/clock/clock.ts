/**
 * Time as the library sees it. Production uses {@link systemClock}; tests pass a manual one and never sleep.
 */
export interface Clock {
  /** Milliseconds on a monotonic scale. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule(task: () => void, delayMs: number): () => void;
}

/** The clock of the platform: `performance.now` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
