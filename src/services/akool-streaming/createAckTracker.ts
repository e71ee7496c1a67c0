import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { AvatarError } from '../../errors/AvatarError.js';

/** Who waits for which acknowledgement. */
export interface AckTracker {
  /** Resolves on a successful ack for `mid`; rejects with `avatar-refused` or `avatar-timeout`. */
  wait(mid: string, what: string, timeoutMs: number): Promise<void>;
  settle(mid: string, status: string, message: string | undefined): void;
  rejectAll(error: Error): void;
}

/** Statuses that mean yes. The vendor documents only the first. */
const SUCCESS = new Set(['success', 'ok']);

/** Matches acks to the messages that wait for them. */
export function createAckTracker(clock: Clock): AckTracker {
  const waiting = new Map<string, { readonly what: string; readonly deferred: Deferred<void> }>();
  return {
    wait(mid, what, timeoutMs) {
      const deferred = createDeferred();
      waiting.set(mid, { what, deferred });
      return withTimeout(deferred.promise, clock, timeoutMs, () => {
        waiting.delete(mid);
        return new AvatarError('avatar-timeout', { message: `The avatar did not acknowledge ${what} within ${timeoutMs / 1000} s.`, context: { what } });
      });
    },
    settle(mid, status, message) {
      const entry = waiting.get(mid);
      if (!entry) return;
      waiting.delete(mid);
      if (SUCCESS.has(status)) entry.deferred.resolve();
      else {
        entry.deferred.reject(
          new AvatarError('avatar-refused', {
            message: `The avatar refused ${entry.what}: ${message ?? status}. Check the parameters that were sent.`,
            context: { what: entry.what, status },
          }),
        );
      }
    },
    rejectAll(error) {
      for (const { deferred } of waiting.values()) deferred.reject(error);
      waiting.clear();
    },
  };
}
