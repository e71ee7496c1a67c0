import type { SessionState } from '../session/state.js';
import { failureGroup } from './failureGroup.js';
import type { AvatarLabels } from './labels.js';

/** What the dot of a status display says without words. */
export type StatusTone = 'neutral' | 'busy' | 'good' | 'warning' | 'bad';

/** A session's state in a few words. */
export interface StatusDescription {
  readonly text: string;
  readonly tone: StatusTone;
}

/**
 * Words for a session's state: what the user most needs to know of it.
 *
 * @param usesMicrophone false when the app speaks for itself and the microphone is of no interest.
 */
export function describeStatus(state: SessionState, labels: AvatarLabels, usesMicrophone: boolean): StatusDescription {
  const { status, error, microphone } = state;
  switch (status) {
    case 'failed':
      return { text: error ? labels.failure[failureGroup(error.reason)] : labels.status.failed, tone: 'bad' };
    case 'live':
      if (!usesMicrophone) return { text: labels.status.live, tone: 'good' };
      if (microphone.error) return { text: labels.failure[failureGroup(microphone.error.reason)], tone: 'warning' };
      if (microphone.status !== 'on') return { text: labels.status.live, tone: 'good' };
      return microphone.muted ? { text: labels.muted, tone: 'warning' } : { text: labels.listening, tone: 'good' };
    case 'authorizing':
    case 'connecting':
    case 'ending':
      return { text: labels.status[status], tone: 'busy' };
    case 'reconnecting':
      return { text: labels.status.reconnecting, tone: 'warning' };
    case 'idle':
    case 'ended':
      return { text: labels.status[status], tone: 'neutral' };
  }
}
