import type { Clock } from '../../clock/clock.js';

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly pongTimeoutMs: number;
  readonly ping: () => void;
  /** No pong came in time: the connection is dead although the socket does not say so. */
  readonly onDead: () => void;
}

/** Application-level pings: the first at once, then one each interval, each of which must be answered. */
export interface Heartbeat {
  start(): void;
  onPong(): void;
  stop(): void;
  readonly roundTripMs: number | null;
}

/** A timer that fires this late was held up by a page that slept or was blocked. */
const LATE_MS = 1000;

/** Makes a stopped heartbeat. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { clock, intervalMs, pongTimeoutMs, ping, onDead } = options;
  let cancelNext = () => {};
  let cancelWatchdog: (() => void) | null = null;
  let sentAtMs = 0;
  let roundTripMs: number | null = null;

  function beat(): void {
    sentAtMs = clock.now();
    // A shorter interval than the time-out must not keep pushing the watchdog away.
    cancelWatchdog ??= watch();
    ping();
    cancelNext = clock.schedule(beat, intervalMs);
  }

  function watch(): () => void {
    const dueMs = clock.now() + pongTimeoutMs;
    return clock.schedule(() => {
      cancelWatchdog = null;
      if (clock.now() - dueMs < LATE_MS) return onDead();
      // The pong may have come meanwhile and wait to be read.
      cancelNext();
      beat();
    }, pongTimeoutMs);
  }

  return {
    start: beat,
    onPong() {
      if (!cancelWatchdog) return;
      cancelWatchdog();
      cancelWatchdog = null;
      roundTripMs = clock.now() - sentAtMs;
    },
    stop() {
      cancelNext();
      cancelWatchdog?.();
      cancelWatchdog = null;
    },
    get roundTripMs() {
      return roundTripMs;
    },
  };
}
