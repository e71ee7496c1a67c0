/**
 * Time as the library sees it. Production uses {@link systemClock}; tests pass a manual one and never sleep.
 */
export interface Clock {
  /** Milliseconds on a monotonic scale. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule(task: () => void, delayMs: number): () => void;
}

/** The longest delay that a timer takes, about 25 days; a longer one would count as none. */
const MAX_DELAY_MS = 0x7fff_ffff;

/** The clock of the platform: `performance.now` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(task, delayMs) {
    const timer = setTimeout(task, Math.min(delayMs, MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
