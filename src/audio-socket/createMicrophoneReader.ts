import { MIC_FRAME_BYTES, MIC_FRAME_MS, micFrame } from '../dsp/micFrame.js';
import { createInputHold } from '../turn-taking/createInputHold.js';
import { createFrameBacklog } from './createFrameBacklog.js';

export interface MicrophoneReaderOptions {
  /** Gets what may be sent: Int16Array [160], mono, 16 kHz. Valid only during the call. */
  readonly onFrame: (samples: Int16Array) => void;
  /** Frames never came, of a stream that was to be sent. */
  readonly onGap: (lostMs: number) => void;
}

/** Reads a microphone's frames from the audio thread, and lets through what may be sent. */
export interface MicrophoneReader {
  /** Frames come on this port from now on; those of an earlier one are over. */
  attach(port: MessagePort): void;
  /**
   * Lets frames through, or no more.
   * @param fromSequence first frame that may pass; it may have come already. Null: whatever comes from now on.
   */
  setOpen(open: boolean, fromSequence: number | null): void;
  /** Keeps back what remains of the present utterance. */
  hold(): void;
  /** The latest frame that came while frames were let through; -1 before the first of a port. */
  readonly takenSequence: number;
  stop(): void;
}

/** Makes a reader that is shut. */
export function createMicrophoneReader({ onFrame, onGap }: MicrophoneReaderOptions): MicrophoneReader {
  const inputHold = createInputHold();
  const backlog = createFrameBacklog();
  let port: MessagePort | null = null;
  let isOpen = false;
  let lastSequence = -1;
  let takenSequence = -1;

  function leave(): void {
    if (!port) return;
    port.onmessage = null;
    // Without a word the audio thread would go on sending to nobody.
    port.postMessage('done');
    port.close();
    port = null;
  }

  function receive(buffer: ArrayBuffer): void {
    const { counters, levels, samples } = micFrame(buffer);
    const sequence = counters[0] ?? 0;
    const missing = lastSequence < 0 ? 0 : sequence - lastSequence - 1;
    lastSequence = sequence;
    const admitted = inputHold.admit(levels[1] ?? 0);
    if (isOpen) {
      if (missing > 0) onGap(missing * MIC_FRAME_MS);
      takenSequence = sequence;
      if (admitted) onFrame(samples);
    } else if (admitted) {
      backlog.keep(sequence, samples);
    }
  }

  return {
    attach(next) {
      leave();
      backlog.clear();
      lastSequence = takenSequence = -1;
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!(data instanceof ArrayBuffer) || data.byteLength !== MIC_FRAME_BYTES) return;
        receive(data);
        next.postMessage(data, [data]);
      };
    },
    setOpen(open, fromSequence) {
      if (open && !isOpen && fromSequence !== null) {
        backlog.replay(fromSequence, (samples, sequence) => {
          takenSequence = sequence;
          onFrame(samples);
        });
      }
      backlog.clear();
      isOpen = open;
    },
    hold: inputHold.hold,
    get takenSequence() {
      return takenSequence;
    },
    stop: leave,
  };
}
