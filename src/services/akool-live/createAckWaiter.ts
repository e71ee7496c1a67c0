import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_LIVE_OK, type AkoolLiveAck } from './messages.js';

/** The acknowledgement of one command. */
export interface ExpectedAck {
  /** The command leaves at this moment. */
  leave(): void;
  /** Resolves on a good ack, also on one that came before; rejects with `avatar-refused`, `avatar-timeout` or the abort reason. */
  arrives(signal: AbortSignal | undefined): Promise<void>;
  /** To be said in the end, whatever came of it. */
  forget(): void;
}

/** Who waits for which acknowledgement. */
export interface AckWaiter {
  /** Call it before the command leaves: an ack can be quicker than the channel's own word that it has sent. */
  expect(mid: string, cmd: string): ExpectedAck;
  settle(ack: AkoolLiveAck): void;
  rejectAll(error: Error): void;
  /** From the latest command's leaving to its ack; null before the first. */
  readonly roundTripMs: number | null;
}

interface Waiting {
  readonly cmd: string;
  readonly deferred: Deferred<void>;
  leftAtMs: number | null;
}

/** Matches acks to commands by `mid`; one without a `mid` belongs to the oldest command of its name. */
export function createAckWaiter(clock: Clock, timeoutMs: number): AckWaiter {
  const waiting = new Map<string, Waiting>();
  let roundTripMs: number | null = null;

  function keyOf({ mid, cmd }: AkoolLiveAck): string | null {
    if (mid !== '') return mid;
    for (const [key, entry] of waiting) if (entry.cmd === cmd) return key;
    return null;
  }

  return {
    expect(mid, cmd) {
      const deferred = createDeferred();
      const entry: Waiting = { cmd, deferred, leftAtMs: null };
      waiting.set(mid, entry);
      return {
        leave() {
          entry.leftAtMs = clock.now();
        },
        async arrives(signal) {
          if (signal?.aborted) throw abortReason(signal);
          const onAbort = () => signal && deferred.reject(abortReason(signal));
          signal?.addEventListener('abort', onAbort, { once: true });
          try {
            await withTimeout(deferred.promise, clock, timeoutMs, () => noAnswer(cmd, timeoutMs));
          } finally {
            signal?.removeEventListener('abort', onAbort);
          }
        },
        forget: () => void waiting.delete(mid),
      };
    },
    settle(ack) {
      const key = keyOf(ack);
      const entry = key === null ? undefined : waiting.get(key);
      if (!entry) return;
      if (entry.leftAtMs !== null) roundTripMs = clock.now() - entry.leftAtMs;
      if (ack.code === AKOOL_LIVE_OK) entry.deferred.resolve();
      else entry.deferred.reject(refused(entry.cmd, ack));
    },
    rejectAll(error) {
      for (const { deferred } of waiting.values()) deferred.reject(error);
    },
    get roundTripMs() {
      return roundTripMs;
    },
  };
}

function noAnswer(cmd: string, timeoutMs: number): AvatarError {
  return new AvatarError('avatar-timeout', {
    message: `The avatar did not acknowledge ${cmd} within ${timeoutMs / 1000} s. It may have been carried out; look at the avatar before trying again.`,
    context: { command: cmd },
  });
}

function refused(cmd: string, { code, text }: AkoolLiveAck): AvatarError {
  return new AvatarError('avatar-refused', {
    message: `The avatar refused ${cmd}${text === '' ? '' : `: ${text}`}. Check the values that were sent.`,
    context: { command: cmd, code },
  });
}
