import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import { liveSessionOf, LIVE_LEASE_MS, type NamedSession } from '../ledger/liveSessionOf.js';
import type { LiveSession } from '../ledger/liveSessionLedger.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RenewalPass } from '../tickets/ticketClaims.js';

/** Counts the sessions that are going on. */
export interface LiveLeases {
  /** @throws `rate-limited` when the subject, or all together, have too many. */
  open(session: NamedSession, subject: Subject): Promise<void>;
  extend(pass: RenewalPass): Promise<void>;
  /** Idempotent, never rejects: a lease lapses by itself. */
  close(session: string, subject: string): Promise<void>;
}

export function createLiveLeases({ ledger, clock, limits, metrics, log }: ServerConfig): LiveLeases {
  const { liveSessions } = ledger;
  const lease = (session: NamedSession): LiveSession => ({ ...session, until: clock.epochMs() + LIVE_LEASE_MS });

  return {
    async open(session, subject) {
      const ofSubject = subject.limits?.maxSessions ?? limits.maxSessionsPerSubject;
      const verdict = await liveSessions.open(lease(session), { ofSubject, ofAll: limits.maxSessions });
      if (verdict === 'opened') return;
      metrics.count('limited', { limit: verdict === 'subject-full' ? 'subject-sessions' : 'all-sessions' });
      const message =
        verdict === 'subject-full'
          ? `You have ${ofSubject} sessions open already. End one of them, or wait until one that was left open lapses, and try again.`
          : 'The server holds as many sessions as it can. Try again shortly.';
      throw new AvatarError('rate-limited', { message, context: { retryAfterMs: verdict === 'subject-full' ? LIVE_LEASE_MS : 10_000 } });
    },
    extend: (pass) => liveSessions.extend(lease(liveSessionOf(pass))),
    async close(session, subject) {
      await liveSessions.close(session, subject).catch(() => log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer. A session counts until its lease lapses.', context: {} }));
    },
  };
}
