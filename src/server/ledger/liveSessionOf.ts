import type { RelayTicket, RenewalPass } from '../tickets/ticketClaims.js';
import type { LiveSession } from './liveSessionLedger.js';

/** How long a session counts as going on after the last sign of it: a relay's heartbeat, a page that keeps it, a renewal. */
export const LIVE_LEASE_MS = 90_000;

export type NamedSession = Omit<LiveSession, 'until'>;

/** What a pass tells of its session. */
export function liveSessionOf(pass: RenewalPass | RelayTicket): NamedSession {
  const { session, sessionId, subject, startedAt } = pass;
  return { session, sessionId, subject, startedAt, ...avatarOf(pass) };
}

function avatarOf(pass: RenewalPass | RelayTicket): Pick<LiveSession, 'service' | 'avatarId'> {
  if ('target' in pass) return pass.target === 'akool-streaming' ? { service: pass.target, avatarId: pass.avatarId } : { service: pass.target === 'dve' ? null : pass.target, avatarId: null };
  if (pass.hosted !== null) return { service: pass.hosted.service, avatarId: pass.hosted.avatarId };
  return pass.avatar === null ? { service: null, avatarId: null } : { service: 'akool-streaming', avatarId: pass.avatar.avatarId };
}
