import type { SessionState } from '../session/state.js';

/** How well a connection carries, as people tell it apart. */
export type ConnectionLevel = 'unknown' | 'good' | 'fair' | 'weak' | 'lost';

/** From this quality on people stop understanding each other. */
export const WEAK_NETWORK = 5;

/** The level of a session's room, by the worse of both directions. */
export function connectionLevel({ status, room, network }: Pick<SessionState, 'status' | 'room' | 'network'>): ConnectionLevel {
  if (status === 'reconnecting' || (status === 'live' && room === 'reconnecting')) return 'lost';
  if (status !== 'live' || network === null) return 'unknown';
  const worst = Math.max(network.uplink, network.downlink);
  if (worst === 0) return 'unknown';
  if (worst <= 2) return 'good';
  if (worst < WEAK_NETWORK) return 'fair';
  return worst >= 6 ? 'lost' : 'weak';
}
