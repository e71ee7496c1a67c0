import type { AvatarError } from '../../errors/AvatarError.js';
import { failureGroup, type FailureGroup } from '../failureGroup.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishFailures } from '../labels/FailureLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseFailureMessageResult {
  /** What kind of trouble it is, for pictures. */
  readonly group: FailureGroup;
  readonly title: string;
  /** What happened and what to do, in the words of the labels. */
  readonly message: string;
  /** The error's own message: in English, and for those who build the page. */
  readonly details: string;
}

/**
 * The words for what ended the nearest session, or for an error of your own; null while there is nothing to say.
 *
 * @param error default: the session's, once it has failed.
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const failure = useFailureMessage();
 * return failure && <p role="alert">{failure.title}: {failure.message}</p>;
 * ```
 */
export function useFailureMessage(error?: AvatarError, overrides?: AvatarLabelOverrides): UseFailureMessageResult | null {
  const { failure } = useWords(englishSession, overrides);
  const { failureMessage } = useWords(englishFailures, overrides);
  const ofSession = useAvatarSession((view) => (view.status === 'failed' ? view.error : null));
  const shown = error ?? ofSession;
  if (shown === null) return null;
  const group = failureGroup(shown.reason);
  return { group, title: failure[group], message: failureMessage[shown.reason], details: shown.message };
}
