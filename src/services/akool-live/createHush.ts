import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';

/** A silence that the page keeps because the avatar cannot be told to. */
export interface Hush {
  /** Begins or lengthens it. Resolves when it is over. */
  keep(): Promise<void>;
  /** Ends it: something new is about to be said, or nobody is there any more. Leaves no timer behind. */
  end(): void;
}

/** Makes a hush that lasts no longer than `maxMs`. */
export function createHush(clock: Clock, maxMs: number): Hush {
  let pending: Deferred<void> | null = null;
  let cancel = () => {};

  function end(): void {
    cancel();
    pending?.resolve();
    pending = null;
  }

  return {
    keep() {
      cancel();
      cancel = clock.schedule(end, maxMs);
      return (pending ??= createDeferred()).promise;
    },
    end,
  };
}
