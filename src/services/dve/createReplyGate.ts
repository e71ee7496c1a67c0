import type { Clock } from '../../clock/clock.js';

/** Keeps back the rest of a reply that nobody wants any more. */
export interface ReplyGate {
  /** Nothing more of the present reply is wanted. */
  shut(): void;
  /** The service has begun a new turn by itself. */
  open(): void;
  /** To be asked for every piece of speech. @returns whether it may be heard. */
  admit(): boolean;
}

/**
 * The protocol marks neither the end of a reply nor the turn that speech belongs to, and a client cannot stop the service.
 * A reply comes faster than it is spoken, so a gap in its arrival is its end.
 */
export function createReplyGate(clock: Clock, gapMs: number): ReplyGate {
  let isShut = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    shut() {
      isShut = true;
      lastMs = clock.now();
    },
    open() {
      isShut = false;
    },
    admit() {
      const now = clock.now();
      if (now - lastMs >= gapMs) isShut = false;
      lastMs = now;
      return !isShut;
    },
  };
}
