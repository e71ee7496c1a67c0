import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { LeaseState } from '../../grant/lease.js';

export interface LeaseKeeperOptions {
  readonly keepLease: () => Promise<LeaseState>;
  readonly keepIntervalMs: number;
  readonly clock: Clock;
  readonly onProgress: (stage: 'queueing' | 'processing') => void;
  /** The vendor's session is over, or nobody can keep it. Said once. */
  readonly onOver: (error: AvatarError) => void;
}

/** Keeps the vendor's session open for this page, and watches over it. */
export interface LeaseKeeper {
  /** Begins, and asks about once a second: the user waits for the avatar. */
  start(): void;
  /** The avatar is here: from now on it is asked only as often as the lease needs. */
  settle(): void;
  stop(): void;
}

/** While the user waits for the avatar. */
const WAIT_INTERVAL_MS = 1_000;
/** After a failure, so that a short outage does not cost the lease. */
const RETRY_INTERVAL_MS = 5_000;
/** The server's default; a page cannot tell from `keptUntil`, since the two clocks may differ. */
const INTERVALS_PER_LEASE = 3;
/** After the first, the server closes the session; the second is for a server that was away itself. */
const LEASES = 2;

/** Makes a keeper that has not begun. */
export function createLeaseKeeper({ keepLease, keepIntervalMs, clock, onProgress, onOver }: LeaseKeeperOptions): LeaseKeeper {
  let cancelNext = () => {};
  let stopped = false;
  let settled = false;
  let keptAtMs = clock.now();
  let told: LeaseState['status'] | null = null;

  function stop(): void {
    stopped = true;
    cancelNext();
  }

  function finish(error: AvatarError): void {
    stop();
    onOver(error);
  }

  function schedule(delayMs: number): void {
    cancelNext = clock.schedule(() => void keep(), delayMs);
  }

  function onState({ status }: LeaseState): void {
    keptAtMs = clock.now();
    if (status === 'failed') return finish(settled ? diedEarly() : failedToBegin());
    if (!settled && status !== told && (status === 'queueing' || status === 'processing')) onProgress(status);
    told = status;
  }

  /** @returns whether it may be tried again. */
  function onFailure(error: unknown): boolean {
    if (AvatarError.isInstance(error) && !isPassing(error)) {
      finish(error);
      return false;
    }
    if (clock.now() - keptAtMs < keepIntervalMs * INTERVALS_PER_LEASE * LEASES) return true;
    finish(new AvatarError('connection-lost', { message: 'The server could not be reached for so long that it has closed the avatar. Check the network.', cause: error }));
    return false;
  }

  async function keep(): Promise<void> {
    cancelNext();
    try {
      const state = await keepLease();
      if (stopped) return;
      onState(state);
      if (!stopped) schedule(settled ? keepIntervalMs : Math.min(WAIT_INTERVAL_MS, keepIntervalMs));
    } catch (error) {
      if (!stopped && onFailure(error)) schedule(Math.min(settled ? RETRY_INTERVAL_MS : WAIT_INTERVAL_MS, keepIntervalMs));
    }
  }

  return {
    start: () => void keep(),
    settle() {
      settled = true;
    },
    stop,
  };
}

/** True for what the next attempt may not meet again: a network or a server that was away, or asked too often. */
function isPassing(error: AvatarError): boolean {
  return error.retryable && error.reason !== 'session-ended';
}

function failedToBegin(): AvatarError {
  return new AvatarError('avatar-error', {
    message: 'The vendor could not bring the avatar up. Check that the avatar, its voice and its knowledge exist and are ready, then start again.',
  });
}

function diedEarly(): AvatarError {
  return new AvatarError('connection-lost', { message: "The vendor's session of the avatar has failed. Another one is asked for." });
}
