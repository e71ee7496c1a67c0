import type { Clock } from '../../clock/clock.js';

/** Behind by more than this, the process was asleep: time is given up instead of made good in one burst. */
const MAX_BEHIND_MS = 500;

export interface PacerOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** @param count - how many intervals have come due since the last call, 1 or more. */
  readonly onDue: (count: number) => void;
}

/**
 * Calls back in step with real time: the number of due intervals is computed from the clock, so that late timers
 * never add up.
 * @returns stops it.
 */
export function createPacer({ clock, intervalMs, onDue }: PacerOptions): () => void {
  let startMs = clock.now();
  let done = 0;
  let stopped = false;
  let cancel: () => void = () => undefined;

  function tick(): void {
    const nowMs = clock.now();
    let due = Math.floor((nowMs - startMs) / intervalMs) - done;
    if (due * intervalMs > MAX_BEHIND_MS) {
      startMs = nowMs - intervalMs;
      done = 0;
      due = 1;
    }
    done += due;
    if (due > 0) onDue(due);
    if (!stopped) cancel = clock.schedule(tick, Math.max(0, startMs + (done + 1) * intervalMs - clock.now()));
  }

  cancel = clock.schedule(tick, intervalMs);
  return () => {
    stopped = true;
    cancel();
  };
}
