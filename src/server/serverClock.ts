import { systemClock, type Clock } from '../clock/clock.js';

/** A clock that also knows the date, which expiry times that cross machines need. */
export interface ServerClock extends Clock {
  /** Milliseconds since the epoch. */
  epochMs(): number;
  /** As `schedule`, for what is no reason to keep the process running. Default: `schedule`. */
  scheduleIdle?(task: () => void, delayMs: number): () => void;
}

/** The clock of the platform. */
export const systemServerClock: ServerClock = {
  ...systemClock,
  epochMs: () => Date.now(),
  scheduleIdle(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    // Outside of Node a timer is a number, and keeps nothing running.
    if (typeof timer === 'object') timer.unref();
    return () => clearTimeout(timer);
  },
};
