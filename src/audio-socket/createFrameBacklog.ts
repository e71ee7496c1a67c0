import { MIC_FRAME_SAMPLES } from '../dsp/micFrame.js';

/** The latest frames that were not let through: the page may say a little late that they were to be. */
export interface FrameBacklog {
  /** Copies a frame. */
  keep(sequence: number, samples: Int16Array): void;
  /** Gives what is kept of this frame and those after it, in order. */
  replay(fromSequence: number, give: (samples: Int16Array, sequence: number) => void): void;
  clear(): void;
}

/** 320 ms: a page that blocks for longer is not usable for other reasons. */
const KEPT_FRAMES = 32;

/** Makes an empty backlog. It allocates nothing later. */
export function createFrameBacklog(): FrameBacklog {
  const samples = new Int16Array(KEPT_FRAMES * MIC_FRAME_SAMPLES);
  const sequences = new Float64Array(KEPT_FRAMES);
  let kept = 0;
  let next = 0;

  return {
    keep(sequence, frame) {
      samples.set(frame, next * MIC_FRAME_SAMPLES);
      sequences[next] = sequence;
      next = (next + 1) % KEPT_FRAMES;
      kept = Math.min(kept + 1, KEPT_FRAMES);
    },
    replay(fromSequence, give) {
      for (let i = kept; i > 0; i--) {
        const slot = (next - i + KEPT_FRAMES) % KEPT_FRAMES;
        const sequence = sequences[slot] ?? 0;
        if (sequence >= fromSequence) give(samples.subarray(slot * MIC_FRAME_SAMPLES, (slot + 1) * MIC_FRAME_SAMPLES), sequence);
      }
    },
    clear() {
      kept = 0;
    },
  };
}
