import { systemClock, type Clock } from '../clock/clock.js';

/** A clock that also knows the date, which expiry times that cross machines need. */
export interface ServerClock extends Clock {
  /** Milliseconds since the epoch. */
  epochMs(): number;
}

/** The clock of the platform. */
export const systemServerClock: ServerClock = { ...systemClock, epochMs: () => Date.now() };
