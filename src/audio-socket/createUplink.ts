import { createCatchUp } from './createCatchUp.js';

/** Gathers samples into chunks of one size and hands them on. */
export interface Uplink {
  /** @returns milliseconds that were dropped because too much is waiting to leave. */
  push(samples: Int16Array): number;
  /** Hands on a chunk that is not full. */
  flush(): void;
  /** Drops what has not been handed on. */
  clear(): void;
  /** Milliseconds waiting for a full chunk. */
  readonly pendingMs: number;
  readonly sentMs: number;
}

export interface UplinkOptions {
  readonly chunkDurationMs: number;
  /** Milliseconds of audio that the socket still holds. */
  readonly queuedMs: () => number;
  /** Above this the network cannot keep up; later sound would only arrive later still. */
  readonly maxQueuedMs: number;
  readonly now: () => number;
  readonly send: (chunk: Int16Array) => void;
}

const SAMPLES_PER_MS = 16;

/** Makes an empty uplink for mono 16 kHz samples. */
export function createUplink(options: UplinkOptions): Uplink {
  const { chunkDurationMs, queuedMs, maxQueuedMs, now, send } = options;
  const catchUp = createCatchUp(now);
  const chunk = new Int16Array(Math.round(chunkDurationMs * SAMPLES_PER_MS));
  let length = 0;
  let sentMs = 0;

  /** @returns milliseconds dropped */
  function emit(): number {
    const durationMs = length / SAMPLES_PER_MS;
    const heldMs = queuedMs();
    const congested = heldMs > maxQueuedMs + catchUp.allow(durationMs, heldMs);
    if (!congested) {
      send(chunk.subarray(0, length));
      sentMs += durationMs;
    }
    length = 0;
    return congested ? durationMs : 0;
  }

  return {
    push(samples) {
      let droppedMs = 0;
      for (let start = 0; start < samples.length; ) {
        const part = samples.subarray(start, start + chunk.length - length);
        chunk.set(part, length);
        length += part.length;
        start += part.length;
        if (length === chunk.length) droppedMs += emit();
      }
      return droppedMs;
    },
    flush() {
      if (length > 0) emit();
    },
    clear() {
      length = 0;
    },
    get pendingMs() {
      return length / SAMPLES_PER_MS;
    },
    get sentMs() {
      return sentMs;
    },
  };
}
