import { AvatarError } from '../../errors/AvatarError.js';
import type { Grant } from '../../grant/grant.js';
import { nodeKey } from '../akool/avatarNode.js';
import { promiseNode } from '../akool/promiseNode.js';
import { createSeat, issueChannel, type ChannelSeat } from '../channel/issueChannel.js';
import { memoise } from '../memoise.js';
import { randomId } from '../randomId.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer, deriveKey } from '../tickets/createPassSealer.js';
import type { RenewalPass } from '../tickets/ticketClaims.js';

export interface NewSession {
  readonly subjectId: string;
  readonly avatarId: string;
  readonly sessionId: string | undefined;
}

/** Where a grant goes. */
export interface GrantDestination {
  readonly origin: string | null;
  readonly relayUrl: string;
  readonly signal: AbortSignal;
}

/** Makes grants and ends sessions. */
export interface Granter {
  start(session: NewSession, destination: GrantDestination): Promise<Grant>;
  /** Fresh credentials for the same session, on another node where there is one. */
  renew(pass: RenewalPass, destination: GrantDestination): Promise<Grant>;
  /** @throws `session-ended` when it cannot be renewed any more, `ticket-refused` when it is none of ours. */
  openRenewal(renewal: string, origin: string | null): Promise<RenewalPass>;
  /** Idempotent; a pass that has expired needs no ending. */
  end(renewal: string, origin: string | null): Promise<void>;
}

export function createGranter(config: ServerConfig): Granter {
  const relayTickets = createPassSealer(config.secret, 'relay', config.clock);
  const renewals = createPassSealer(config.secret, 'renewal', config.clock);
  const tagKey = memoise(() => deriveKey(config.secret, 'visavis subject tag v1'));

  /** Tells two subjects' rooms apart in the vendor's console without telling who they are. */
  async function subjectTag(subjectId: string): Promise<string> {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(await tagKey()), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(subjectId)));
    return Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  interface Issue {
    readonly session: string;
    readonly sessionId: string;
    readonly subject: string;
    readonly avatarId: string;
    readonly startedAt: number;
    readonly seat: ChannelSeat;
    readonly avoid: string | null;
  }

  async function issue(details: Issue, { origin, relayUrl, signal }: GrantDestination): Promise<Grant> {
    const { session, sessionId, subject, avatarId, startedAt, seat } = details;
    const node = await promiseNode(config, { avatarId, holder: session, avoid: details.avoid, signal });
    const now = config.clock.epochMs();
    const lastMoment = startedAt + config.maxSessionMs;
    const sessionEndsAt = Math.min(now + config.sessionTtlMs, lastMoment);
    const ticketExpiresAt = now + config.ticketTtlMs;
    const renewalExpiresAt = Math.min(now + config.renewalTtlMs, lastMoment);
    const { grant: channel, agoraData } = await issueChannel(config, seat, sessionEndsAt);
    const claims = { session, sessionId, subject, origin, avatarId, node: { host: node.host, port: node.port } };
    const [ticket, renewal] = await Promise.all([
      relayTickets.seal({ ...claims, ticketId: randomId(), expiresAt: ticketExpiresAt, sessionEndsAt, agoraData }),
      renewals.seal({
        ...claims,
        expiresAt: renewalExpiresAt,
        startedAt,
        channel: { name: seat.name, viewerUid: seat.viewerUid, avatarUid: seat.avatarUid },
      }),
    ]);
    return {
      version: 1,
      sessionId,
      expiresAt: Math.max(sessionEndsAt, renewalExpiresAt),
      renewal,
      avatar: { service: 'akool-streaming', avatarId, url: relayUrl, ticket, ticketExpiresAt },
      channel,
    };
  }

  return {
    async start({ subjectId, avatarId, sessionId }, destination) {
      const session = randomId();
      const seat = await createSeat(await subjectTag(subjectId));
      const startedAt = config.clock.epochMs();
      return issue({ session, sessionId: sessionId ?? crypto.randomUUID(), subject: subjectId, avatarId, startedAt, seat, avoid: null }, destination);
    },

    async renew(pass, destination) {
      const avoid = nodeKey(pass.node);
      return issue({ ...pass, seat: pass.channel, avoid }, destination);
    },

    async openRenewal(renewal, origin) {
      const opened = await renewals.open(renewal);
      if (!opened.ok && opened.why === 'expired') throw sessionEnded();
      if (!opened.ok || opened.claims.origin !== origin) throw renewalRefused();
      if (await config.ledger.isSessionEnded(opened.claims.session)) throw sessionEnded();
      return opened.claims;
    },

    async end(renewal, origin) {
      const opened = await renewals.open(renewal);
      if (!opened.ok && opened.why === 'expired') return;
      if (!opened.ok || opened.claims.origin !== origin) throw renewalRefused();
      const { session, startedAt, node } = opened.claims;
      // No pass of this session outlives its last moment, so neither need the memory of its end.
      await config.ledger.endSession(session, startedAt + config.maxSessionMs + config.ticketTtlMs);
      await config.ledger.releaseNode(nodeKey(node), session);
    },
  };
}

function sessionEnded(): AvatarError {
  return new AvatarError('session-ended', { message: 'This session is over. Start a new one.' });
}

function renewalRefused(): AvatarError {
  return new AvatarError('ticket-refused', { message: 'The renewal pass is not valid here. Start a new session.' });
}
