import type { PcmChunk } from './pcmChunk.js';

/** What waits to be played, in order. */
export interface PcmQueue {
  readonly empty: boolean;
  push(chunk: PcmChunk): void;
  /** Rate of the next sample; 0 when empty. */
  readonly sampleRateHz: number;
  /**
   * Takes up to `maxLength` samples of the first chunk into `output`, as floats in -1..1. Allocates nothing.
   * @returns how many were taken; 0 when empty.
   */
  read(output: Float32Array, maxLength: number): number;
  clear(): void;
}

/** Places that reading has left behind are closed up when there are this many. */
const COMPACT_AFTER = 256;

/**
 * Makes an empty queue. It has no bound: speech is not dropped.
 * @param onRelease - gets each chunk once it has been read or cleared.
 */
export function createPcmQueue(onRelease: (chunk: PcmChunk) => void): PcmQueue {
  const chunks: PcmChunk[] = [];
  let head = 0;
  let offset = 0;

  return {
    get empty() {
      return head === chunks.length;
    },
    get sampleRateHz() {
      return chunks[head]?.rate[0] ?? 0;
    },
    push(chunk) {
      // Here and not in `read`: chunks arrive between two render quanta, and are read within one.
      if (head >= COMPACT_AFTER) {
        chunks.splice(0, head);
        head = 0;
      }
      chunks.push(chunk);
    },
    read(output, maxLength) {
      const chunk = chunks[head];
      if (!chunk) return 0;
      const length = chunk.counters[2] ?? 0;
      const count = Math.min(maxLength, length - offset);
      for (let i = 0; i < count; i++) output[i] = (chunk.samples[offset + i] ?? 0) / 32768;
      offset += count;
      if (offset >= length) {
        head++;
        offset = 0;
        onRelease(chunk);
      }
      return count;
    },
    clear() {
      for (; head < chunks.length; head++) {
        const chunk = chunks[head];
        if (chunk) onRelease(chunk);
      }
      chunks.length = 0;
      head = 0;
      offset = 0;
    },
  };
}
