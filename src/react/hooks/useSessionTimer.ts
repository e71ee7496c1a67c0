import { useSyncExternalStore } from 'react';
import { systemClock } from '../../clock/clock.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseSessionTimerOptions {
  /** From how long before the end `state` is `ending`. Milliseconds, default 60,000. */
  readonly warnBeforeMs?: number;
}

/** `idle`: no conversation. `ending`: it is over soon, by the server's limit. */
export type SessionTimerState = 'idle' | 'running' | 'ending';

export interface UseSessionTimerResult {
  readonly state: SessionTimerState;
  /** How long the session has been live; whole seconds, in milliseconds. 0 before. */
  readonly elapsedMs: number;
  /** How long it can go on; whole seconds, in milliseconds. Null where the server sets no limit. */
  readonly leftMs: number | null;
}

/**
 * How long the nearest session has been live, and how long it can go on. Renders once a second while it is live.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { elapsedMs, leftMs } = useSessionTimer();
 * return <p>{Math.round((leftMs ?? elapsedMs) / 1000)} s</p>;
 * ```
 */
export function useSessionTimer({ warnBeforeMs = 60_000 }: UseSessionTimerOptions = {}): UseSessionTimerResult {
  const { running, liveAt, endsAt } = useAvatarSession(({ status, liveAt: since, endsAt: until }) => ({
    running: (status === 'live' || status === 'reconnecting') && since !== null,
    liveAt: since ?? 0,
    endsAt: until,
  }));
  const nowS = useSyncExternalStore(running ? tick : never, running ? readSeconds : zero, zero);
  if (!running || nowS === 0) return { state: 'idle', elapsedMs: 0, leftMs: null };
  const leftMs = endsAt === null ? null : Math.max(0, Math.floor(endsAt / 1000) - nowS) * 1000;
  return { state: leftMs !== null && leftMs <= warnBeforeMs ? 'ending' : 'running', elapsedMs: Math.max(0, nowS - Math.floor(liveAt / 1000)) * 1000, leftMs };
}

/** Tells at the beginning of each second. */
function tick(listener: () => void): () => void {
  let cancel = () => {};
  const schedule = (): void => {
    cancel = systemClock.schedule(() => {
      listener();
      schedule();
    }, 1000 - (Date.now() % 1000));
  };
  schedule();
  return () => cancel();
}

function never(): () => void {
  return () => undefined;
}

function readSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function zero(): number {
  return 0;
}
