import type { AudioStream } from '../audio/AudioStream.js';
import { createMicrophoneUplink, type AudioSink, type MicrophoneUplink } from './createMicrophoneUplink.js';
import type { SessionEvent } from './SessionEvent.js';
import type { SessionStatus } from './state.js';
import type { TurnTaking } from './turns/createTurnTaking.js';

export interface SessionEarsOptions {
  readonly microphone: AudioStream;
  /** Null where the session does without a detector. */
  readonly turns: TurnTaking | null;
  /** False for a session that does without the microphone. */
  readonly listens: boolean;
  /** Whom the microphone's samples are for; null while there is nobody. */
  readonly sink: () => AudioSink | null;
  readonly status: () => SessionStatus;
  /** True while something else is being said, with which the microphone must not be mixed. */
  readonly isSpeaking: () => boolean;
  readonly dispatch: (event: SessionEvent) => void;
}

/** What the session hears of its user, from a start to its end. */
export interface SessionEars {
  start(): void;
  /** Nothing more is heard; the microphone itself is still to be stopped. */
  stop(): void;
  /** Keeps back what remains of the present utterance. */
  hold(): void;
  /** Tells at once of losses that were too small to tell. */
  reportLosses(): void;
  /** Whether the user may be heard has changed. */
  onGateChange(): void;
}

/** Makes ears that hear nothing yet. */
export function createSessionEars({ microphone, turns, listens, sink, status, isSpeaking, dispatch }: SessionEarsOptions): SessionEars {
  let uplink: MicrophoneUplink | null = null;

  return {
    start() {
      if (!listens) return;
      uplink = createMicrophoneUplink({
        microphone,
        connection: () => (status() === 'live' ? sink() : null),
        isReconnecting: () => status() === 'reconnecting',
        isSpeaking: () => isSpeaking() || turns?.open === false,
        onHoldChange: (held) => dispatch({ type: 'input-hold', held }),
        onLose: (lostMs) => dispatch({ type: 'audio-lose', lostMs }),
      });
      turns?.start();
    },
    stop() {
      turns?.stop();
      uplink?.stop();
      uplink = null;
    },
    hold: () => uplink?.hold(),
    reportLosses: () => uplink?.reportLosses(),
    onGateChange() {
      // The last syllable before the button was let go must not wait for a chunk that never fills.
      if (turns?.open === false) sink()?.flushAudio();
    },
  };
}
