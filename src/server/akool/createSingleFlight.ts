import type { Clock } from '../../clock/clock.js';
import { abortReason } from '../../errors/abort.js';
import { untilAborted } from '../akool-live/untilAborted.js';

export interface SingleFlightOptions {
  readonly clock: Clock;
  /**
   * How long after its start others may still join a piece of work. What never settles, such as a request that an edge runtime dropped
   * along with whoever asked first, then holds up nobody who comes later.
   */
  readonly joinForMs: number;
}

interface Flight<Value> {
  readonly joinableUntil: number;
  /** Waits for the work; rejects with the reason of the signal when that is aborted before. */
  wait(signal: AbortSignal): Promise<Value>;
}

/**
 * Lets all who want the same at the same time wait for one piece of work. Whoever hangs up leaves it to the others; it is aborted
 * when the last one has left.
 *
 * @param work is given the signal of all together.
 */
export function createSingleFlight<Value>(
  work: (signal: AbortSignal) => Promise<Value>,
  { clock, joinForMs }: SingleFlightOptions,
): (signal: AbortSignal) => Promise<Value> {
  let current: Flight<Value> | null = null;

  function start(): Flight<Value> {
    const controller = new AbortController();
    let waiters = 0;
    const forget = (): void => {
      if (current === flight) current = null;
    };
    const done = work(controller.signal).finally(forget);
    // Whoever waits is told; when all have left, nobody needs to know.
    done.catch(() => {});
    const flight: Flight<Value> = {
      joinableUntil: clock.now() + joinForMs,
      async wait(signal) {
        waiters += 1;
        try {
          return await untilAborted(done, signal);
        } finally {
          waiters -= 1;
          if (waiters === 0) {
            // Before anybody could join what is about to be aborted.
            forget();
            controller.abort();
          }
        }
      },
    };
    return flight;
  }

  return async (signal) => {
    if (signal.aborted) throw abortReason(signal);
    if (current === null || clock.now() >= current.joinableUntil) current = start();
    return current.wait(signal);
  };
}
