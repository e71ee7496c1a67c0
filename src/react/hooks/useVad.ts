import type { SessionEventMap } from '../../session/AvatarSession.js';
import { useAvatarEvent } from './useAvatarEvent.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseVadOptions {
  /** The user has begun to speak. Hears the utterance so far. */
  readonly onSpeechStart?: (event: SessionEventMap['speech-start']) => void;
  /** The user has finished. Hears the whole utterance. */
  readonly onSpeechEnd?: (event: SessionEventMap['speech-end']) => void;
  /** What had begun as speech was too short to be any. */
  readonly onVADMisfire?: () => void;
}

export interface UseVadResult {
  readonly userSpeaking: boolean;
  /** True while the session hears the microphone. */
  readonly listening: boolean;
}

/**
 * The voice activity of the nearest session's user. Callbacks may be written inline: the latest ones are called.
 * How speech is told from noise is set with `turnTaking` of the session.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { userSpeaking } = useVad({ onSpeechEnd: ({ samples }) => upload(samples) });
 * ```
 */
export function useVad({ onSpeechStart, onSpeechEnd, onVADMisfire }: UseVadOptions = {}): UseVadResult {
  useAvatarEvent('speech-start', (event) => onSpeechStart?.(event));
  useAvatarEvent('speech-end', (event) => onSpeechEnd?.(event));
  useAvatarEvent('speech-misfire', () => onVADMisfire?.());
  return useAvatarSession(({ userSpeaking, microphone }) => ({ userSpeaking, listening: microphone.status === 'on' && !microphone.muted }));
}
