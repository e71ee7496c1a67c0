import type { ServerClock } from '../serverClock.js';

export interface SweeperOptions {
  readonly clock: ServerClock;
  readonly intervalMs: number;
  /** One round. */
  readonly sweep: () => Promise<void>;
  /** Keeps a round going on a platform that stops work with the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly onFail: (error: unknown) => void;
}

/** Does a round now and then: by a timer, and at requests for platforms on which timers do not outlive one. */
export interface Sweeper {
  /** A request came. */
  touch(): void;
  stop(): void;
}

export function createSweeper({ clock, intervalMs, sweep, waitUntil, onFail }: SweeperOptions): Sweeper {
  const schedule = clock.scheduleIdle ?? clock.schedule;
  let cancel: (() => void) | null = null;
  let sweptAt = -Infinity;
  let isSweeping = false;
  let isStopped = false;

  function run(): void {
    if (isSweeping) return;
    isSweeping = true;
    sweptAt = clock.now();
    waitUntil(sweep().catch(onFail).finally(() => (isSweeping = false)));
  }

  function arm(): void {
    cancel = schedule(() => {
      run();
      arm();
    }, intervalMs);
  }

  return {
    touch() {
      if (isStopped) return;
      // Not before the first request: some platforms allow no timer until then.
      if (cancel === null) arm();
      if (clock.now() - sweptAt >= intervalMs) run();
    },
    stop() {
      isStopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
