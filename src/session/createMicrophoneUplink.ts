import type { AudioFrame, AudioStream } from '../audio/AudioStream.js';
import { MIC_FRAME_MS } from '../dsp/micFrame.js';
import { createInputHold } from '../turn-taking/createInputHold.js';

/** What takes microphone audio: an avatar or a voice service. */
export interface AudioSink {
  /** @returns milliseconds that were dropped. */
  sendAudio(samples: Int16Array): number;
  flushAudio(): void;
}

export interface MicrophoneUplinkOptions {
  readonly microphone: AudioStream;
  /** Where frames go; null while there is no connection. */
  readonly connection: () => AudioSink | null;
  /** True while what the user says counts as lost when there is no connection. */
  readonly isReconnecting: () => boolean;
  /** True while something else is being said, with which the microphone must not be mixed. */
  readonly isSpeaking: () => boolean;
  readonly onHoldChange: (held: boolean) => void;
  readonly onLose: (lostMs: number) => void;
}

/** Carries the microphone to the avatar. */
export interface MicrophoneUplink {
  /** Keeps back what remains of the present utterance. */
  hold(): void;
  /** Tells at once of losses that were too small to tell. */
  reportLosses(): void;
  stop(): void;
}

/** Losses are told in steps of this: a store is no place for a value that changes 100 times a second. */
const REPORT_MS = 500;

/** Starts carrying frames. */
export function createMicrophoneUplink(options: MicrophoneUplinkOptions): MicrophoneUplink {
  const { microphone, connection, isReconnecting, isSpeaking, onHoldChange, onLose } = options;
  const hold = createInputHold();
  let unreportedMs = 0;

  function lose(lostMs: number): void {
    unreportedMs += lostMs;
    if (unreportedMs >= REPORT_MS) report();
  }

  function report(): void {
    if (unreportedMs > 0) onLose(Math.round(unreportedMs));
    unreportedMs = 0;
  }

  function onFrame({ samples, rms }: AudioFrame): void {
    const wasHeld = hold.held;
    const admitted = hold.admit(rms);
    if (wasHeld && !hold.held) onHoldChange(false);
    if (!admitted || isSpeaking()) return;
    const target = connection();
    if (target) {
      const droppedMs = target.sendAudio(samples);
      if (droppedMs > 0) lose(droppedMs);
    } else if (isReconnecting()) lose(MIC_FRAME_MS);
  }

  const unsubscribeFrames = microphone.subscribeFrames(onFrame);
  const unsubscribe = microphone.subscribe(() => {
    // The last syllable before muting must not wait for a chunk that never fills.
    const { muted, status } = microphone.getSnapshot();
    if (muted || status !== 'on') connection()?.flushAudio();
  });

  return {
    hold() {
      const wasHeld = hold.held;
      hold.hold();
      if (hold.held !== wasHeld) onHoldChange(hold.held);
    },
    reportLosses: report,
    stop() {
      unsubscribeFrames();
      unsubscribe();
      report();
    },
  };
}
