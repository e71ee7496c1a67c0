import type { Clock } from '../clock/clock.js';

export interface CutWatchOptions {
  readonly clock: Clock;
  /** Ends the present reply. @returns the name of the message that told the vendor; null without one */
  readonly silence: () => string | null;
  readonly onCut: (command: string) => void;
}

/** Ends a reply as soon as a turn detector says so, and only once though the page says the same a moment later. */
export interface CutWatch {
  /** Listens to a detector: milliseconds since 1970 at which it noticed, a number. */
  attach(port: MessagePort): void;
  /** The page interrupts. @returns the name of the message, also where a cut has sent it already. */
  interrupt(): string | null;
  /** Name of the message of a cut that the page has not heard of yet; null when there is none. */
  readonly command: string | null;
  stop(): void;
}

/** A page that has not said the same by then never will: it may speak again. */
const CLAIM_MS = 2000;

/** Makes a watch. */
export function createCutWatch({ clock, silence, onCut: tell }: CutWatchOptions): CutWatch {
  let port: MessagePort | null = null;
  let cut: { readonly command: string | null } | null = null;
  let cancelClaim = () => {};
  let interruptedAtMs = -Infinity;

  function forget(): void {
    cancelClaim();
    cut = null;
  }

  function leave(): void {
    if (!port) return;
    port.onmessage = null;
    port.close();
    port = null;
  }

  function onCut(noticedAtMs: number): void {
    // The page was faster, or has interrupted for a reason of its own meanwhile.
    if (noticedAtMs <= interruptedAtMs) return;
    forget();
    cut = { command: silence() };
    if (cut.command !== null) tell(cut.command);
    cancelClaim = clock.schedule(forget, CLAIM_MS);
  }

  return {
    attach(next) {
      leave();
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'number') onCut(data);
      };
    },
    interrupt() {
      // By the clock that all threads of a page have in common, as the detector's is.
      interruptedAtMs = performance.timeOrigin + performance.now();
      const claimed = cut;
      forget();
      return claimed ? claimed.command : silence();
    },
    get command() {
      return cut ? cut.command : null;
    },
    stop() {
      forget();
      leave();
    },
  };
}
