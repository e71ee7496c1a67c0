import type { Clock } from '../clock/clock.js';

/** How long nobody may hold a session before it is let go. StrictMode and a moved component come back within it. */
const GRACE_MS = 100;

/** Counts who holds something; calls `onUnused` a moment after the last one has let go. */
export function createRetainer(clock: Clock, onUnused: () => void): () => () => void {
  let holders = 0;
  let cancel = () => {};
  return () => {
    holders++;
    cancel();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      holders--;
      if (holders === 0) cancel = clock.schedule(onUnused, GRACE_MS);
    };
  };
}
