import type { Clock } from './clock.js';

/** Settles as `promise` does, or rejects with `onTimeout()` when that takes longer than `timeoutMs`. */
export function withTimeout<T>(promise: Promise<T>, clock: Clock, timeoutMs: number, onTimeout: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.schedule(() => reject(onTimeout()), timeoutMs);
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: Error) => {
        cancel();
        reject(error);
      },
    );
  });
}
