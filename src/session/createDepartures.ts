import type { Clock } from '../clock/clock.js';
import { abortReason } from '../errors/abort.js';

/** Longer than a grace and a leave take at most; a session whose clock stands still is waited for no longer either. */
const WAIT_LIMIT_MS = 6000;

/** The sessions of a page that nobody holds any more and that may still be in their rooms. */
export interface Departures {
  /**
   * @param isOpen whether there is anything to take leave of
   * @returns takes it off the list, because somebody holds it again or because it has left
   */
  add(isOpen: () => boolean): () => void;
  isAnyOpen(): boolean;
  /** Resolves once none of them is open any more, after 6 s at the latest; rejects when `signal` aborts. */
  finish(options: { readonly clock: Clock; readonly signal: AbortSignal }): Promise<void>;
}

/** Makes an empty list. */
export function createDepartures(): Departures {
  const leaving = new Set<() => boolean>();
  const waiting = new Set<() => void>();
  const wake = () => [...waiting].forEach((go) => go());

  const nextChange = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const go = () => {
        waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      waiting.add(go);
      signal.addEventListener('abort', go, { once: true });
    });

  return {
    isAnyOpen: () => [...leaving].some((isOpen) => isOpen()),
    add(isOpen) {
      leaving.add(isOpen);
      return () => {
        if (leaving.delete(isOpen)) wake();
      };
    },
    async finish({ clock, signal }) {
      const open = () => [...leaving].filter((isOpen) => isOpen());
      if (open().length === 0) return;
      const cancel = clock.schedule(() => {
        for (const hanging of open()) leaving.delete(hanging);
        wake();
      }, WAIT_LIMIT_MS);
      while (!signal.aborted && open().length > 0) await nextChange(signal);
      cancel();
      if (signal.aborted) throw abortReason(signal);
    },
  };
}
