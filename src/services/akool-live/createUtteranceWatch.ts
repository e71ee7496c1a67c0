import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';

/** Knows whether the avatar is still saying what it was sent last. */
export interface UtteranceWatch {
  /** A text has been handed over that takes about so long to say. */
  begin(estimatedMs: number): void;
  /** The avatar's own word; it may never come. */
  onSpeaking(speaking: boolean): void;
  /** Resolves when all that was handed over has been said, or was forgotten. */
  said(): Promise<void>;
  /** True until then. */
  readonly isBusy: boolean;
  /** It was silenced: nothing is being said. Leaves no timer behind. */
  forget(): void;
}

/** Speech pauses for breath; only a longer silence is its end. */
const PAUSE_MS = 400;
/** From the text's leaving to its first sound, at most. */
const START_MS = 5_000;
/** An avatar that has begun is believed when it says that it has ended, but not waited for without end. */
const MAX_STRETCH = 3;

/** Makes a watch of a silent avatar. */
export function createUtteranceWatch(clock: Clock): UtteranceWatch {
  let current: { readonly done: Deferred<void>; readonly estimatedMs: number } | null = null;
  let speaking = false;
  let cancel = () => {};

  function finish(): void {
    cancel();
    current?.done.resolve();
    current = null;
  }

  function finishAfter(delayMs: number): void {
    cancel();
    cancel = clock.schedule(finish, delayMs);
  }

  function follow(estimatedMs: number): void {
    // Without a word of its own the text's length has to tell.
    finishAfter(speaking ? estimatedMs * MAX_STRETCH + START_MS : Math.max(START_MS, estimatedMs));
  }

  return {
    begin(estimatedMs) {
      current = { done: current?.done ?? createDeferred(), estimatedMs };
      follow(estimatedMs);
    },
    onSpeaking(now) {
      if (now === speaking) return;
      speaking = now;
      if (!current) return;
      if (speaking) follow(current.estimatedMs);
      else finishAfter(PAUSE_MS);
    },
    said: () => current?.done.promise ?? Promise.resolve(),
    get isBusy() {
      return current !== null;
    },
    forget: finish,
  };
}
