import { AvatarError } from '../../errors/AvatarError.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { HostedSessions } from '../hosted/createHostedSessions.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { HostedClaims, RenewalPass } from '../tickets/ticketClaims.js';
import type { LiveLeases } from './createLiveLeases.js';

/** Ends sessions. Idempotent. */
export interface Ender {
  /** Of whoever holds the pass. */
  endByPass(pass: RenewalPass): Promise<void>;
  /** Those of one subject that go by this name; answers how many there were. */
  endByName(subject: string, sessionId: string): Promise<number>;
}

export interface EnderOptions {
  readonly config: ServerConfig;
  readonly live: LiveLeases;
  readonly hosted: HostedSessions | null;
}

/** A page that leaves waits no longer for the vendor, where somebody else sees to it should this instance fail. */
const VENDOR_MOMENT_MS = 500;

export function createEnder({ config, live, hosted }: EnderOptions): Ender {
  const { ledger, clock, log, metrics } = config;

  /** Told first: whoever opens something for this session at the same time looks whether it has ended. */
  async function tellEnd(session: string, subject: string, lastMoment: number): Promise<void> {
    const isFirst = !(await ledger.isSessionEnded(session));
    // No pass of this session outlives its last moment by more, so neither need the memory of its end.
    await ledger.endSession(session, lastMoment + config.ticketTtlMs);
    await live.close(session, subject);
    if (isFirst) metrics.count('sessionsEnded', {});
  }

  async function forAMoment(sessionId: string, work: Promise<void>): Promise<void> {
    config.waitUntil(work.catch(() => undefined));
    if (!ledger.shared) return work;
    let cancel = (): void => {};
    const moment = new Promise<void>((resolve) => (cancel = clock.schedule(resolve, VENDOR_MOMENT_MS)));
    try {
      await Promise.race([moment, work]);
    } catch {
      // The lease of it goes on to run out in the ledger, and then any instance closes it.
      log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer. A session is closed when its lease lapses.', context: { sessionId } });
    } finally {
      cancel();
    }
  }

  return {
    async endByPass(pass) {
      await tellEnd(pass.session, pass.subject, pass.lastMoment);
      if (pass.avatar !== null) await ledger.releaseNode(nodeKey(pass.avatar.node), pass.session);
      if (!isHosted(pass)) return;
      if (hosted === null) throw new AvatarError('server-misconfigured', { message: 'This server holds no sessions of avatars any more.' });
      await forAMoment(pass.sessionId, hosted.end(pass));
    },
    async endByName(subject, sessionId) {
      const named = (await ledger.liveSessions.list(subject)).filter((session) => session.sessionId === sessionId);
      for (const { session, startedAt } of named) {
        await tellEnd(session, subject, startedAt + config.maxSessionMs);
        if (hosted !== null) await forAMoment(sessionId, hosted.endOpen(session));
      }
      return named.length;
    },
  };
}

function isHosted(pass: RenewalPass): pass is RenewalPass & { readonly hosted: HostedClaims } {
  return pass.hosted !== null;
}
