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
    cancelWatchdog ??= clock.schedule(onDead, pongTimeoutMs);
    ping();
    cancelNext = clock.schedule(beat, intervalMs);
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
