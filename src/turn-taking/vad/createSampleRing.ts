/** Keeps the latest frames' samples. */
export interface SampleRing {
  /** Copies the frame over the oldest one. */
  push(frame: Int16Array): void;
  /** A copy of the latest frames, oldest first: Int16Array [count x frameSamples]. */
  latest(count: number): Int16Array;
  clear(): void;
}

/** Makes an empty ring. It allocates nothing but what `latest` gives away. */
export function createSampleRing(capacity: number, frameSamples: number): SampleRing {
  const samples = new Int16Array(capacity * frameSamples);
  let length = 0;
  let next = 0;

  return {
    push(frame) {
      samples.set(frame, next * frameSamples);
      next = next + 1 === capacity ? 0 : next + 1;
      if (length < capacity) length++;
    },
    latest(count) {
      const taken = Math.min(count, length);
      const copy = new Int16Array(taken * frameSamples);
      for (let i = 0; i < taken; i++) {
        const slot = (next - taken + i + capacity) % capacity;
        copy.set(samples.subarray(slot * frameSamples, (slot + 1) * frameSamples), i * frameSamples);
      }
      return copy;
    },
    clear() {
      length = 0;
      next = 0;
    },
  };
}
