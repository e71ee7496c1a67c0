import { micFrame, type MicFrame } from './micFrame.js';

export interface FrameOutletOptions {
  /** Sends a buffer away for good; the reader sends it back. */
  readonly post: (buffer: ArrayBuffer) => void;
  /** Frames made ahead. Default 64: 640 ms, longer than any reader should block. */
  readonly poolFrames?: number;
  /** Frames that may be on their way at once. Default 1,000: 10 s. A reader that blocks for longer loses sound instead of memory. */
  readonly maxFrames?: number;
}

/** Sends frames to one reader in buffers that come back. */
export interface FrameOutlet {
  /** Sends a copy of the frame; when too many are on their way it is lost, and its sequence number with it. */
  send(frame: MicFrame): void;
  /** Takes a buffer back. */
  give(buffer: ArrayBuffer): void;
}

/** Makes an outlet. It allocates only while more frames are on their way than were made ahead. */
export function createFrameOutlet({ post, poolFrames = 64, maxFrames = 1000 }: FrameOutletOptions): FrameOutlet {
  const free: MicFrame[] = [];
  for (let i = 0; i < poolFrames; i++) free.push(micFrame());
  let made = poolFrames;

  function take(): MicFrame | undefined {
    const frame = free.pop();
    if (frame || made >= maxFrames) return frame;
    made++;
    return micFrame();
  }

  return {
    send(frame) {
      const copy = take();
      if (!copy) return;
      copy.counters.set(frame.counters); // the whole header: the levels are views of the same bytes
      copy.samples.set(frame.samples);
      copy.reference.set(frame.reference);
      post(copy.buffer);
    },
    give: (buffer) => void free.push(micFrame(buffer)),
  };
}
