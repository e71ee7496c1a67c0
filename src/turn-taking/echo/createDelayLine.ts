import { FRAME_SAMPLES } from './bands.js';

/** Keeps the latest frames, so that they can be had again later. */
export interface DelayLine {
  /** Copies a frame, Float32Array [160]. */
  push(frame: Float32Array): void;
  /** The frame of so many frames ago, 0 for the latest: a view, valid until it is overwritten. */
  read(framesAgo: number): Float32Array;
  reset(): void;
}

/** @param capacity - frames; what is older is lost. */
export function createDelayLine(capacity: number): DelayLine {
  const samples = new Float32Array(capacity * FRAME_SAMPLES);
  // Views are made once: reading allocates nothing.
  const frames = Array.from({ length: capacity }, (_, i) => samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES));
  const silence = new Float32Array(FRAME_SAMPLES);
  let newest = 0;
  return {
    push(frame) {
      newest = newest + 1 === capacity ? 0 : newest + 1;
      frames[newest]?.set(frame);
    },
    read(framesAgo) {
      return frames[(newest - framesAgo + capacity) % capacity] ?? silence;
    },
    reset() {
      samples.fill(0);
      newest = 0;
    },
  };
}
