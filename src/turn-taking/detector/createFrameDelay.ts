import { MIC_FRAME_SAMPLES } from '../../dsp/micFrame.js';

/** A frame that waits for its label. */
export interface DelayedFrame {
  readonly samples: Int16Array;
  sequence: number;
  timeMs: number;
  /** Whether it is taken for the user, or for the avatar's echo. */
  isUser: boolean;
}

/** Keeps frames, in order, until what is to be known of them is known. */
export interface FrameDelay {
  /** The next free place, to be filled by the caller. When there is none left, the oldest frame is given up for it. */
  push(): DelayedFrame;
  /** The oldest frame, valid until the next `push`; null when none waits. */
  shift(): DelayedFrame | null;
  clear(): void;
  /** How many frames wait. */
  readonly length: number;
}

/** Makes an empty delay for so many frames. It allocates nothing afterwards. */
export function createFrameDelay(capacity: number): FrameDelay {
  const places: readonly DelayedFrame[] = Array.from({ length: capacity }, () => ({
    samples: new Int16Array(MIC_FRAME_SAMPLES),
    sequence: 0,
    timeMs: 0,
    isUser: true,
  }));
  let first = 0;
  let length = 0;
  const at = (index: number) => places[index % capacity] as DelayedFrame; // an index below the length

  return {
    get length() {
      return length;
    },
    push() {
      if (length === capacity) {
        first = (first + 1) % capacity;
        length--;
      }
      return at(first + length++);
    },
    shift() {
      if (length === 0) return null;
      const frame = at(first);
      first = (first + 1) % capacity;
      length--;
      return frame;
    },
    clear() {
      length = 0;
    },
  };
}
