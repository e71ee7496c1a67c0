import { useCallback, useSyncExternalStore } from 'react';
import { emptyLatency, type SessionLatency } from '../../session/latency/TurnMetrics.js';
import { useAvatarContext } from '../AvatarContext.js';

/**
 * What the turns of the nearest session took so far: the latest, and the median and 95th percentile of all. Renders a few times a turn.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { last, spread } = useAvatarLatency();
 * return <p>{last?.heardMs} ms to the reply, usually {spread.heardMs?.p50} ms</p>;
 * ```
 */
export function useAvatarLatency(): SessionLatency {
  const { session } = useAvatarContext();
  const subscribe = useCallback((listener: () => void) => session.on('latency-change', listener), [session]);
  return useSyncExternalStore(subscribe, session.getLatency, getServerLatency);
}

function getServerLatency(): SessionLatency {
  return emptyLatency;
}
