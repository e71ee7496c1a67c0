import type { Clock } from '../clock/clock.js';
import { backoffDelay } from './backoffDelay.js';
import type { SessionMachine } from './reduceSession.js';
import type { SessionEvent } from './SessionEvent.js';

export interface RecoveryOptions {
  readonly clock: Clock;
  readonly machine: () => SessionMachine;
  readonly dispatch: (event: SessionEvent) => void;
}

/** Waits between attempts to connect again, and remembers what was lost meanwhile. */
export interface Recovery {
  scheduleRetry(attempt: number, notBeforeMs: number): void;
  /** The connection is back: has it come to stay? */
  scheduleHold(): void;
  /** @returns what the latest loss has cost; to be asked once it is over. */
  takeLoss(): { readonly lostAudioMs: number; readonly downtimeMs: number };
  reset(): void;
}

/** A connection that lasts this long has come to stay: attempts are counted from 0 again. */
const HOLD_MS = 10_000;

/** Makes one that waits for nothing. */
export function createRecovery({ clock, machine, dispatch }: RecoveryOptions): Recovery {
  let cancelRetry = () => {};
  let cancelHold = () => {};
  let lostAt: { readonly timeMs: number; readonly lostAudioMs: number } | null = null;

  const now = () => ({ timeMs: clock.now(), lostAudioMs: machine().view.lostAudioMs });

  return {
    scheduleRetry(attempt, notBeforeMs) {
      cancelHold();
      if (machine().hasBeenLive) lostAt ??= now();
      cancelRetry = clock.schedule(() => dispatch({ type: 'retry-due' }), backoffDelay(attempt, Math.random(), notBeforeMs));
    },
    scheduleHold() {
      cancelHold();
      cancelHold = clock.schedule(() => dispatch({ type: 'connection-hold' }), HOLD_MS);
    },
    takeLoss() {
      const end = now();
      const start = lostAt ?? end;
      lostAt = null;
      return { lostAudioMs: end.lostAudioMs - start.lostAudioMs, downtimeMs: Math.round(end.timeMs - start.timeMs) };
    },
    reset() {
      cancelRetry();
      cancelHold();
      lostAt = null;
    },
  };
}
