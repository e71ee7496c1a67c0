import type { SessionStatus } from '../../session/state.js';
import { useAvatarContext } from '../AvatarContext.js';
import { describeStatus, type StatusTone } from '../describeStatus.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseConnectionStatusResult {
  readonly status: SessionStatus;
  /** What the user most needs to know of the session, in a few words. */
  readonly text: string;
  readonly tone: StatusTone;
}

/**
 * Where the nearest session is, in words.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { text, tone } = useConnectionStatus();
 * return <span role="status" className={tone}>{text}</span>;
 * ```
 */
export function useConnectionStatus(overrides?: AvatarLabelOverrides): UseConnectionStatusResult {
  const { session } = useAvatarContext();
  const labels = useWords(englishSession, overrides);
  return useAvatarSession((view) => ({ status: view.status, ...describeStatus(view, labels, session.usesMicrophone) }));
}
