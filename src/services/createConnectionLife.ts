import { createDeferred } from '../clock/createDeferred.js';
import { abortReason } from '../errors/abort.js';

export interface ConnectionLifeOptions {
  /** Aborts the attempt to connect; means nothing to a ready connection. */
  readonly signal: AbortSignal;
  /** Called once, whatever ended it. `wasReady`: the connection had been handed to the session, which has to hear of it. */
  readonly onEnd: (error: Error, wasReady: boolean) => void;
}

/** The life of one connection: an attempt, then ready, then over for good. */
export interface ConnectionLife {
  readonly isReady: boolean;
  readonly isOver: boolean;
  /**
   * Runs the attempt: the connection is ready when it resolves, and over when it rejects.
   * Rejects with what the connection was ended with, also where the attempt itself goes on.
   */
  connect(attempt: () => Promise<void>): Promise<void>;
  /** Settles as the promise does, or rejects when the connection ends first. */
  unlessOver<T>(promise: Promise<T>): Promise<T>;
  /** It takes leave: no longer ready, not yet over. What ends it from here on is no loss. */
  leave(): void;
  /** It is of no use from here on; whoever waits for something hears why. Idempotent. */
  end(error: Error): void;
}

/**
 * Begins a life.
 * @throws the reason of a signal that is aborted already
 */
export function createConnectionLife({ signal, onEnd }: ConnectionLifeOptions): ConnectionLife {
  if (signal.aborted) throw abortReason(signal);
  const over = createDeferred<never>();
  let phase: 'connecting' | 'ready' | 'leaving' | 'over' = 'connecting';
  /** Read anew each time, since it may end while somebody waits. */
  const isOver = () => phase === 'over';

  const onAbort = () => end(abortReason(signal));
  signal.addEventListener('abort', onAbort);

  function end(error: Error): void {
    if (isOver()) return;
    const wasReady = phase === 'ready';
    phase = 'over';
    signal.removeEventListener('abort', onAbort);
    over.reject(error);
    onEnd(error, wasReady);
  }

  return {
    get isReady() {
      return phase === 'ready';
    },
    get isOver() {
      return isOver();
    },
    async connect(attempt) {
      try {
        await Promise.race([attempt(), over.promise]);
        // Between the last step and this line it may have ended.
        if (isOver()) await over.promise;
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
      signal.removeEventListener('abort', onAbort);
      phase = 'ready';
    },
    unlessOver: (promise) => Promise.race([promise, over.promise]),
    leave() {
      if (phase === 'ready') phase = 'leaving';
    },
    end,
  };
}
