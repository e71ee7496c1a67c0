import type { Clock } from '../clock/clock.js';
import { abortReason } from '../errors/abort.js';

/** The same promise, which rejects at once when the signal is aborted: a function that ignores its signal holds nobody up. */
export function abortable<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortReason(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
    const settle = () => signal.removeEventListener('abort', onAbort);
    promise.then(settle, settle);
    // What is thrown is passed on as it is, be it an Error or not.
    promise.then(resolve, reject);
  });
}

/** Resolves after a while; rejects at once when the signal is aborted. Leaves no timer behind. */
export async function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  let cancel = () => {};
  try {
    await abortable(new Promise<void>((resolve) => (cancel = clock.schedule(resolve, delayMs))), signal);
  } finally {
    cancel();
  }
}
