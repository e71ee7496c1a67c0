import type { Clock } from '../../clock/clock.js';

/** A reply that is being spoken. */
export interface Reply {
  /** Says no more. @returns whether there was something left to be said or to be heard. */
  stop(): boolean;
}

export interface ReplyOptions {
  /** Int16Array [samples], mono, 16 kHz. */
  readonly samples: Int16Array;
  readonly clock: Clock;
  readonly delayMs: number;
  readonly send: (chunk: Int16Array) => void;
  readonly onSpeaking: (speaking: boolean) => void;
}

const SAMPLES_PER_MS = 16;
const CHUNK_MS = 200;
/** Four times faster than it is heard, as a speech synthesiser is. */
const CHUNK_INTERVAL_MS = 50;

/** Begins to send a reply. It counts as spoken until a listener has heard it, not only until it is sent. */
export function createReply({ samples, clock, delayMs, send, onSpeaking }: ReplyOptions): Reply {
  let sentSamples = 0;
  let startedAtMs: number | null = null;
  let isOver = false;
  let cancel = clock.schedule(next, delayMs);

  function next(): void {
    if (startedAtMs === null) {
      startedAtMs = clock.now();
      onSpeaking(true);
    }
    const chunk = samples.subarray(sentSamples, sentSamples + CHUNK_MS * SAMPLES_PER_MS);
    sentSamples += chunk.length;
    send(chunk);
    const leftToHearMs = startedAtMs + samples.length / SAMPLES_PER_MS - clock.now();
    cancel = sentSamples < samples.length ? clock.schedule(next, CHUNK_INTERVAL_MS) : clock.schedule(finish, Math.max(0, leftToHearMs));
  }

  function finish(): void {
    isOver = true;
    onSpeaking(false);
  }

  return {
    stop() {
      if (isOver) return false;
      cancel();
      finish();
      return true;
    },
  };
}
