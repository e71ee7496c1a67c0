import type { MicrophoneGate } from '../audio/MicrophoneGate.js';
import { MIC_FRAME_MS } from '../dsp/micFrame.js';
import type { VoiceSocketCommand } from './voiceSocketMessages.js';

export interface RemoteGateOptions {
  readonly post: (command: VoiceSocketCommand<never>) => void;
  /** As the Worker told last. */
  readonly takenByWorker: () => number;
}

/** The page's hand on the microphone that a Worker reads. */
export interface RemoteGate extends MicrophoneGate {
  /** Frames that had reached the page and not the Worker when it ended. */
  readonly missedMs: number;
  /** The Worker has ended: what it told last is all that it took. */
  settle(): void;
}

/** Makes a gate that is shut. */
export function createRemoteGate({ post, takenByWorker }: RemoteGateOptions): RemoteGate {
  let isOpen = false;
  let seenSequence = -1;
  /** What the page has seen pass; null once it is known better. */
  let isSettled = false;
  let missedMs = 0;

  return {
    follow(sequence, open) {
      if (isSettled) return;
      if (open !== isOpen) post({ type: 'gate', open, fromSequence: sequence });
      isOpen = open;
      if (sequence !== null && open) seenSequence = sequence;
    },
    hold: () => post({ type: 'hold' }),
    get takenSequence() {
      // While it lives, the Worker has every frame that reaches the page, or will have it.
      return isSettled ? takenByWorker() : Math.max(takenByWorker(), seenSequence);
    },
    get missedMs() {
      return missedMs;
    },
    settle() {
      isSettled = true;
      if (isOpen) missedMs = Math.max(0, seenSequence - takenByWorker()) * MIC_FRAME_MS;
    },
  };
}
