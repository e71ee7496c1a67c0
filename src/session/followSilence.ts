import { MIC_FRAME_MS } from '../dsp/micFrame.js';
import { createSilenceWatch, type SilenceWatchOptions } from './createSilenceWatch.js';
import type { SessionCore } from './SessionCore.js';
import type { SpeechTap } from './tapSpeech.js';

export interface SilenceFollowerOptions {
  readonly core: Pick<SessionCore, 'wiring' | 'listens' | 'microphone' | 'emitter' | 'clock'> & { readonly state: Pick<SessionCore['state'], 'store' | 'dispatch'> };
  /** True while `speak()` is sending: the microphone is not. */
  readonly isSpeaking: () => boolean;
  /** False while a button has to be held to be heard, and is not. */
  readonly isOpen: () => boolean;
  /** As in `createSilenceWatch`. */
  readonly meter?: SilenceWatchOptions['meter'];
}

/** Tells the session when its avatar should be heard and is not, from a start to its end. */
export interface SilenceFollower {
  start(): void;
  stop(): void;
  /** The avatar was given speech, other than the microphone's. */
  readonly give: SpeechTap;
}

/** Makes a follower that follows nothing yet. */
export function followSilence({ core, isSpeaking, isOpen, meter }: SilenceFollowerOptions): SilenceFollower {
  const { wiring, listens, microphone, emitter, clock, state } = core;
  const { store, dispatch } = state;
  // An avatar that says what it hears owes what the user says. One that thinks for itself, or has somebody to think for it, does not.
  const repeatsUser = listens && wiring.voice === null && wiring.avatar !== null && wiring.avatar.hears !== 'room';
  let offs: readonly (() => void)[] = [];
  const watch = createSilenceWatch({
    store,
    clock,
    ...(meter && { meter }),
    onChange(silent) {
      dispatch({ type: 'silence-change', silent });
      emitter.emit('avatar-silence', { silent });
    },
  });

  function onFrame(rms: number): void {
    const { status, inputHeld, microphone: input } = store.get();
    if (status === 'live' && !inputHeld && !input.muted && !isSpeaking() && isOpen()) watch.give(rms, MIC_FRAME_MS);
  }

  return {
    give: watch.give,
    start() {
      offs = [
        emitter.on('avatar-speaking', ({ speaking }) => watch.setSpeaking(speaking)),
        emitter.on('interrupt', watch.forgive),
        ...(repeatsUser ? [microphone.subscribeFrames(({ rms }) => onFrame(rms))] : []),
      ];
    },
    stop() {
      for (const off of offs) off();
      offs = [];
      watch.stop();
    },
  };
}
