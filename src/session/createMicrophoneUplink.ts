import type { AudioFrame, AudioStream } from '../audio/AudioStream.js';
import type { MicrophoneGate } from '../audio/MicrophoneGate.js';
import { MIC_FRAME_MS } from '../dsp/micFrame.js';
import { createInputHold } from '../turn-taking/createInputHold.js';

/** What takes microphone audio: an avatar or a voice service. */
export interface AudioSink {
  /** Present where it takes the microphone by itself, and only has to be told when. */
  readonly microphone?: MicrophoneGate;
  /** True where a track carries the microphone past the page: a frame that the page missed is not lost. */
  readonly hearsTrack?: boolean;
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
  /** Of the latest connection that takes the microphone by itself, also after it has gone. */
  let gate: MicrophoneGate | null = null;
  /** Of the latest frame; -1 before the first one since the microphone was on and not muted. */
  let lastSequence = -1;

  function lose(lostMs: number): void {
    unreportedMs += lostMs;
    if (unreportedMs >= REPORT_MS) report();
  }

  function report(): void {
    if (unreportedMs > 0) onLose(Math.round(unreportedMs));
    unreportedMs = 0;
  }

  /** Shuts what is no longer to hear the user, such as an avatar whose room is being joined again. */
  function turnTo(target: AudioSink | null): void {
    const next = target?.microphone ?? null;
    if (gate && gate !== next) gate.follow(null, false);
    // While there is no connection it is still to be known what the last one took.
    if (target) gate = next;
  }

  function onFrame({ samples, rms, sequence }: AudioFrame): void {
    // A page that was busy for longer than the audio thread keeps frames for it never gets those in between.
    const missing = lastSequence < 0 ? 0 : Math.max(0, sequence - lastSequence - 1);
    lastSequence = sequence;
    const wasHeld = hold.held;
    const admitted = hold.admit(rms);
    if (wasHeld && !hold.held) onHoldChange(false);
    const target = connection();
    turnTo(target);
    // It holds back by itself what is held back: it may be ahead of the page.
    if (target?.microphone) return target.microphone.follow(sequence, !isSpeaking());
    if (!admitted || isSpeaking()) return;
    if (target) {
      const droppedMs = target.sendAudio(samples) + (target.hearsTrack ? 0 : missing * MIC_FRAME_MS);
      if (droppedMs > 0) lose(droppedMs);
    } else if (isReconnecting()) {
      const untaken = Math.min(missing + 1, sequence - (gate?.takenSequence ?? -1));
      if (untaken > 0) lose(untaken * MIC_FRAME_MS);
    }
  }

  const unsubscribeFrames = (microphone.voice ?? microphone).subscribeFrames(onFrame);
  const unsubscribe = microphone.subscribe(() => {
    // The last syllable before muting must not wait for a chunk that never fills.
    const { muted, status } = microphone.getSnapshot();
    if (!muted && status === 'on') return;
    lastSequence = -1;
    gate?.follow(null, false);
    // Another capture counts its frames anew.
    if (status !== 'on') gate = null;
    connection()?.flushAudio();
  });

  return {
    hold() {
      const wasHeld = hold.held;
      hold.hold();
      gate?.hold();
      if (hold.held !== wasHeld) onHoldChange(hold.held);
    },
    reportLosses: report,
    stop() {
      unsubscribeFrames();
      unsubscribe();
      gate?.follow(null, false);
      report();
    },
  };
}
