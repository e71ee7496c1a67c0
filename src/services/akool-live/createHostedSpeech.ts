import { anySignal } from '../../clock/anySignal.js';
import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarParams } from '../service.js';
import { createTextSpeaker } from './createTextSpeaker.js';
import { createUtteranceWatch } from './createUtteranceWatch.js';

export interface HostedSpeechOptions {
  readonly clock: Clock;
  /** In effect just now; undefined where only the server knows. */
  readonly mode: () => AvatarParams['mode'];
  /** @throws AvatarError `connection-lost` unless the connection is ready. */
  readonly ensureReady: (what: string) => void;
  /** Hands one piece to the avatar. */
  readonly send: (piece: string, signal: AbortSignal) => Promise<void>;
  /** Makes the avatar fall silent. */
  readonly silence: () => Promise<void>;
}

/** What a hosted avatar says for the application, in its own voice. */
export interface HostedSpeech {
  /** As `AvatarConnection.sayText`. */
  sayText(text: AsyncIterable<string>, options: { readonly signal: AbortSignal }): Promise<void>;
  /** The avatar's own word that it begins or has ceased to speak. */
  onSpeaking(speaking: boolean): void;
  /** The avatar falls silent, or is gone: what is being said is cut short. */
  cut(): void;
}

/** Makes the speech of a silent avatar. */
export function createHostedSpeech({ clock, mode, ensureReady, send, silence }: HostedSpeechOptions): HostedSpeech {
  const utterance = createUtteranceWatch(clock);
  const speak = createTextSpeaker({ clock, utterance, send });
  let cutting = new AbortController();

  return {
    async sayText(text, { signal }) {
      ensureReady('the text');
      if (mode() !== 'retelling') throw answersInstead();
      const stop = anySignal([signal, cutting.signal]);
      try {
        await speak(text, stop);
      } catch (error) {
        if (!stop.aborted) throw error;
        ensureReady('the rest of the text');
        // Nobody else has silenced it.
        if (utterance.isBusy) await silence();
      }
    },
    onSpeaking: utterance.onSpeaking,
    cut() {
      cutting.abort();
      cutting = new AbortController();
      utterance.forget();
    },
  };
}

function answersInstead(): AvatarError {
  return new AvatarError('not-ready', {
    message: "The avatar would answer the text instead of saying it. Set its mode first: mode: 'retelling' in the options of the service, or setParams({ mode: 'retelling' }).",
    retryable: false,
  });
}
