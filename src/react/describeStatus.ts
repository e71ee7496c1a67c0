import type { SessionState } from '../session/state.js';
import { WEAK_NETWORK } from './connectionLevel.js';
import { failureGroup } from './failureGroup.js';
import type { SessionWords } from './labels/SessionLabels.js';

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
export function describeStatus(state: SessionState, labels: SessionWords, usesMicrophone: boolean): StatusDescription {
  const { status, error, microphone, progress, room, network } = state;
  switch (status) {
    case 'failed':
      return { text: error ? labels.failure[failureGroup(error.reason)] : labels.status.failed, tone: 'bad' };
    case 'live':
      if (room === 'reconnecting') return { text: labels.status.reconnecting, tone: 'warning' };
      if (usesMicrophone && microphone.error) return { text: labels.failure[failureGroup(microphone.error.reason)], tone: 'warning' };
      if (usesMicrophone && microphone.interrupted) return { text: labels.microphonePaused, tone: 'warning' };
      if (usesMicrophone && microphone.status === 'on' && microphone.muted) return { text: labels.muted, tone: 'warning' };
      if (network && Math.max(network.uplink, network.downlink) >= WEAK_NETWORK) return { text: labels.weakNetwork, tone: 'warning' };
      return { text: usesMicrophone && microphone.status === 'on' ? labels.listening : labels.status.live, tone: 'good' };
    case 'connecting':
      return { text: progress === null ? labels.status.connecting : labels.progress[progress], tone: 'busy' };
    case 'authorizing':
    case 'ending':
      return { text: labels.status[status], tone: 'busy' };
    case 'reconnecting':
      return { text: labels.status.reconnecting, tone: 'warning' };
    case 'idle':
    case 'ended':
      return { text: labels.status[status], tone: 'neutral' };
  }
}
