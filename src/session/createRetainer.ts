import type { Clock } from '../clock/clock.js';
import { pageDepartures } from './pageDepartures.js';

/** How long nobody may hold a session before it is let go. StrictMode and a moved component come back within it. */
const GRACE_MS = 100;

export interface RetainerOptions {
  readonly clock: Clock;
  /** Whether the session has anything to take leave of. */
  readonly isOpen: () => boolean;
  /** Ends the session, a moment after the last one has let go. Resolves once everything is left. */
  readonly onUnused: () => Promise<void>;
}

/** Counts who holds a session; what nobody holds any more is ended, and until then others of the page wait with joining. */
export function createRetainer({ clock, isOpen, onUnused }: RetainerOptions): () => () => void {
  let holders = 0;
  let stay = () => {};
  return () => {
    holders++;
    stay();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      holders--;
      if (holders > 0) return;
      const forget = pageDepartures().add(isOpen);
      const cancel = clock.schedule(() => void onUnused().finally(forget), GRACE_MS);
      stay = () => {
        cancel();
        forget();
      };
    };
  };
}
