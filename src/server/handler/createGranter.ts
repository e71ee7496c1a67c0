import { AvatarError } from '../../errors/AvatarError.js';
import type { Grant } from '../../grant/grant.js';
import { nodeKey } from '../akool/avatarNode.js';
import { promiseNode } from '../akool/promiseNode.js';
import { avatarSide } from '../avatarSide.js';
import { createSeat, issueChannel, type ChannelSeat } from '../channel/issueChannel.js';
import { memoise } from '../memoise.js';
import { randomId } from '../randomId.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer, deriveKey } from '../tickets/createPassSealer.js';
import type { AvatarTicket, DveTicket, RenewalPass } from '../tickets/ticketClaims.js';
import type { SessionParts, VoiceChoice } from './chooseParts.js';

export interface NewSession extends SessionParts {
  readonly subjectId: string;
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
  /** A fresh channel token and renewal pass. No ticket, and no node beside the one that the session has. */
  renewChannel(pass: RenewalPass, destination: GrantDestination): Promise<Grant>;
  /** @throws `session-ended` when it cannot be renewed any more, `ticket-refused` when it is none of ours. */
  openRenewal(renewal: string, origin: string | null): Promise<RenewalPass>;
  /** Idempotent; a pass that has expired needs no ending. */
  end(renewal: string, origin: string | null): Promise<void>;
}

/** Where a relay ticket leads. */
type TicketTarget = Pick<AvatarTicket, 'target' | 'node' | 'avatarId' | 'agoraData'> | Pick<DveTicket, 'target' | 'assistantId' | 'vision'>;

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
    readonly startedAt: number;
    readonly avatar: { readonly avatarId: string; readonly seat: ChannelSeat; readonly avoid: string | null } | null;
    readonly voice: VoiceChoice | null;
  }

  /** How long credentials last that are given now to a session that began then. Milliseconds since the epoch. */
  function termsFrom(startedAt: number): { now: number; sessionEndsAt: number; renewalExpiresAt: number } {
    const now = config.clock.epochMs();
    const lastMoment = startedAt + config.maxSessionMs;
    return { now, sessionEndsAt: Math.min(now + config.sessionTtlMs, lastMoment), renewalExpiresAt: Math.min(now + config.renewalTtlMs, lastMoment) };
  }

  async function issue({ session, sessionId, subject, startedAt, avatar, voice }: Issue, destination: GrantDestination): Promise<Grant> {
    const { origin, relayUrl, signal } = destination;
    const avatarConfig = avatar === null ? null : avatarSide(config);
    const node = avatar && avatarConfig ? await promiseNode(avatarConfig, { ...avatar, holder: session, signal }) : null;
    const { now, sessionEndsAt, renewalExpiresAt } = termsFrom(startedAt);
    const ticketExpiresAt = now + config.ticketTtlMs;
    const claims = { session, sessionId, subject, origin };
    const admission = async (claimed: TicketTarget) => {
      const ticket = await relayTickets.seal({ ...claims, ...claimed, ticketId: randomId(), expiresAt: ticketExpiresAt, sessionEndsAt });
      return { url: relayUrl, ticket, ticketExpiresAt };
    };

    const renewal = await renewals.seal({
      ...claims,
      expiresAt: renewalExpiresAt,
      startedAt,
      avatar: avatar && node ? { avatarId: avatar.avatarId, node: { host: node.host, port: node.port }, channel: avatar.seat } : null,
      voice,
    });
    const grant: Grant = { version: 1, sessionId, expiresAt: Math.max(sessionEndsAt, renewalExpiresAt), renewal };
    const voiced: Grant = voice ? { ...grant, voice: { service: 'dve', ...(await admission({ target: 'dve', ...voice })) } } : grant;
    if (!avatar || !node || !avatarConfig) return voiced;
    const { avatarId } = avatar;
    const { grant: channel, agoraData } = await issueChannel(avatarConfig, avatar.seat, sessionEndsAt);
    const target = { target: 'akool-streaming', node: { host: node.host, port: node.port }, avatarId, agoraData } as const;
    return { ...voiced, avatar: { service: 'akool-streaming', avatarId, ...(await admission(target)) }, channel };
  }

  return {
    async start({ subjectId, avatarId, voice, sessionId }, destination) {
      const session = randomId();
      const avatar = avatarId === null ? null : { avatarId, seat: await createSeat(await subjectTag(subjectId)), avoid: null };
      const startedAt = config.clock.epochMs();
      return issue({ session, sessionId: sessionId ?? crypto.randomUUID(), subject: subjectId, startedAt, avatar, voice }, destination);
    },

    async renew(pass, destination) {
      const avatar = pass.avatar && { avatarId: pass.avatar.avatarId, seat: pass.avatar.channel, avoid: nodeKey(pass.avatar.node) };
      return issue({ ...pass, avatar }, destination);
    },

    async renewChannel(pass, { origin }) {
      const avatarConfig = pass.avatar === null ? null : avatarSide(config);
      if (!pass.avatar || !avatarConfig) throw new AvatarError('invalid-options', { message: 'This session has no channel to renew.' });
      const { sessionEndsAt, renewalExpiresAt } = termsFrom(pass.startedAt);
      const renewal = await renewals.seal({ ...pass, origin, expiresAt: renewalExpiresAt });
      const { grant: channel } = await issueChannel(avatarConfig, pass.avatar.channel, sessionEndsAt);
      return { version: 1, sessionId: pass.sessionId, expiresAt: Math.max(sessionEndsAt, renewalExpiresAt), renewal, channel };
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
      const { session, startedAt, avatar } = opened.claims;
      // No pass of this session outlives its last moment, so neither need the memory of its end.
      await config.ledger.endSession(session, startedAt + config.maxSessionMs + config.ticketTtlMs);
      if (avatar !== null) await config.ledger.releaseNode(nodeKey(avatar.node), session);
    },
  };
}

function sessionEnded(): AvatarError {
  return new AvatarError('session-ended', { message: 'This session is over. Start a new one.' });
}

function renewalRefused(): AvatarError {
  return new AvatarError('ticket-refused', { message: 'The renewal pass is not valid here. Start a new session.' });
}
