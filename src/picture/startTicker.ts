import type { Clock } from '../clock/clock.js';

export interface TickerOptions {
  readonly intervalMs: number;
  readonly onTick: () => void;
  /** Ticks where the browser refuses a Worker. */
  readonly clock: Clock;
}

/** The number is the interval. */
const WORKER_SOURCE = 'onmessage = ({ data }) => setInterval(() => postMessage(0), data);';

/**
 * Ticks at an even pace, also in a hidden tab: a page's own timers run there once a second, a Worker's go on. Where the
 * Content-Security-Policy allows no `blob:` in `worker-src`, it is the page's timers that tick.
 *
 * @returns ends it. Idempotent.
 */
export function startTicker({ intervalMs, onTick, clock }: TickerOptions, createWorker = createBlobWorker): () => void {
  let cancel = () => {};

  function tickByClock(): void {
    cancel = clock.schedule(() => {
      tickByClock();
      onTick();
    }, intervalMs);
  }

  let worker: Worker;
  try {
    worker = createWorker(WORKER_SOURCE);
  } catch {
    tickByClock(); // some browsers refuse at once, others by an event
    return () => cancel();
  }
  cancel = () => worker.terminate();
  worker.onmessage = onTick;
  worker.onerror = () => {
    worker.terminate();
    tickByClock();
  };
  worker.postMessage(intervalMs);
  return () => cancel();
}

function createBlobWorker(source: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return new Worker(url);
  } finally {
    // Fetching it has begun, and goes on.
    URL.revokeObjectURL(url);
  }
}
