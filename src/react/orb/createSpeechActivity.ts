import type { Clock } from '../../clock/clock.js';

/** Above the comfort noise of a codec, below a whisper. RMS. */
const THRESHOLD = 0.01;
/** A breath between two sentences is no end of speech. */
const HOLD_MS = 600;

export interface SpeechActivity {
  /** @param level RMS, 0 to 1. */
  hear(level: number): void;
  /** Forgets what was heard, and says nothing more. */
  stop(): void;
}

/** Tells from levels whether somebody speaks: at once when it begins, a moment after it has ended. */
export function createSpeechActivity(clock: Clock, onChange: (speaking: boolean) => void): SpeechActivity {
  let speaking = false;
  let loudMs = 0;
  let cancel = () => {};

  function expire(): void {
    const restMs = loudMs + HOLD_MS - clock.now();
    if (restMs > 0) cancel = clock.schedule(expire, restMs);
    else {
      speaking = false;
      onChange(false);
    }
  }

  return {
    hear(level) {
      if (level < THRESHOLD) return;
      loudMs = clock.now();
      if (speaking) return;
      speaking = true;
      cancel = clock.schedule(expire, HOLD_MS);
      onChange(true);
    },
    stop() {
      cancel();
      speaking = false;
    },
  };
}
