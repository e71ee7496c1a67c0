import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Grant } from '../../grant/grant.js';
import type { LeaseState } from '../../grant/lease.js';
import { nodeKey } from '../akool/avatarNode.js';
import { createNodePromiser, type NodePromiser } from '../akool/createNodePromiser.js';
import type { Subject } from '../AvatarServerOptions.js';
import { avatarSide } from '../avatarSide.js';
import { createSeat, issueChannel, type ChannelSeat } from '../channel/issueChannel.js';
import { createHostedSessions, type HostedPass, type HostedSessions } from '../hosted/createHostedSessions.js';
import type { HostedConfig } from '../hosted/resolveHosted.js';
import { sessionEnded } from '../hosted/sessionEnded.js';
import { randomId } from '../randomId.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer } from '../tickets/createPassSealer.js';
import type { RenewalPass } from '../tickets/ticketClaims.js';
import { shareOfHosted, shareOfNode, type Admit, type AvatarShare } from './avatarShare.js';
import type { SessionParts, VoiceChoice } from './chooseParts.js';
import { createEnder } from './createEnder.js';
import { createLiveLeases } from './createLiveLeases.js';
import { createSubjectTag } from './createSubjectTag.js';

export interface NewSession extends SessionParts {
  readonly subject: Subject;
  readonly sessionId: string | undefined;
}

/** Where a grant goes. */
export interface GrantDestination {
  readonly origin: string | null;
  readonly relayUrl: string;
  readonly signal: AbortSignal;
}

/** Makes grants, keeps sessions and ends them. */
export interface Granter {
  start(session: NewSession, destination: GrantDestination): Promise<Grant>;
  /** Fresh credentials for the same session, on another node where there is one. */
  renew(pass: RenewalPass, destination: GrantDestination): Promise<Grant>;
  /** A fresh channel token and renewal pass. No ticket, and no avatar beside the one that the session has. */
  renewChannel(pass: RenewalPass, destination: GrantDestination): Promise<Grant>;
  /** The page is still there. */
  keep(pass: RenewalPass, wantsStatus: boolean): Promise<LeaseState>;
  /** @throws `session-ended` when it cannot be renewed any more, `ticket-refused` when it is none of ours. */
  openRenewal(renewal: string, origin: string | null): Promise<RenewalPass>;
  /** Idempotent. Answers the name of the session; null for a pass that has expired, which needs no ending. */
  end(renewal: string, origin: string | null): Promise<string | null>;
  /** Ends those of a subject's sessions that go by this name; answers how many. Idempotent. */
  endOwn(subject: Subject, sessionId: string): Promise<number>;
  /** A request came. */
  touch(): void;
  /** True while sessions may be started. */
  isOpen(): boolean;
  /** Starts no more sessions; those that go on are renewed, kept and ended as before. */
  drain(): void;
  /** Takes no more sessions, and leaves none open that nobody else would close. */
  close(): Promise<void>;
}

interface Issue {
  readonly session: string;
  readonly sessionId: string;
  readonly subject: string;
  readonly startedAt: number;
  readonly lastMoment: number;
  readonly share: AvatarShare | null;
  readonly voice: VoiceChoice | null;
}

export function createGranter(config: ServerConfig): Granter {
  const relayTickets = createPassSealer(config.secrets, 'relay', config.clock);
  const renewals = createPassSealer(config.secrets, 'renewal', config.clock);
  const subjectTag = createSubjectTag(config.secrets[0]);
  const hosted = config.hosted && { config: config.hosted, sessions: createHostedSessions(config, config.hosted) };
  const live = createLiveLeases(config);
  let nodePromiser: NodePromiser | null = null;
  const ender = createEnder({ config, live, hosted: hosted?.sessions ?? null });
  let isDraining = false;
  let isClosed = false;

  /** @throws `server-misconfigured` when they were taken out of the options while their sessions go on. */
  function hostedSide(): { readonly config: HostedConfig; readonly sessions: HostedSessions } {
    if (hosted !== null) return hosted;
    throw new AvatarError('server-misconfigured', { message: 'This server holds no sessions of avatars any more. Start a new session without one.' });
  }

  const nodes = (): NodePromiser => (nodePromiser ??= createNodePromiser(avatarSide(config)));

  /** How long credentials last that are given now to a session that began then. Milliseconds since the epoch. */
  function termsFrom(lastMomentOfOurs: number, endsAt: number | null): { now: number; sessionEndsAt: number; renewalExpiresAt: number } {
    const now = config.clock.epochMs();
    const lastMoment = endsAt ?? lastMomentOfOurs;
    const sessionEndsAt = Math.min(now + config.sessionTtlMs, lastMoment);
    // A hosted session is kept and ended by its pass, as long as it lasts.
    return { now, sessionEndsAt, renewalExpiresAt: endsAt ?? Math.min(now + config.renewalTtlMs, lastMoment) };
  }

  async function issue({ session, sessionId, subject, startedAt, lastMoment, share, voice }: Issue, { origin, relayUrl, signal }: GrantDestination): Promise<Grant> {
    try {
      const { now, sessionEndsAt, renewalExpiresAt } = termsFrom(lastMoment, share?.endsAt ?? null);
      const ticketExpiresAt = now + config.ticketTtlMs;
      const claims = { session, sessionId, subject, origin };
      const admit: Admit = async (target) => {
        const ticket = await relayTickets.seal({ ...claims, ...target, ticketId: randomId(), startedAt, expiresAt: ticketExpiresAt, sessionEndsAt });
        return { url: relayUrl, ticket, ticketExpiresAt };
      };
      const shareClaims = share?.claims ?? { avatar: null, hosted: null };
      const renewal = await renewals.seal({ ...claims, expiresAt: renewalExpiresAt, startedAt, lastMoment, ...shareClaims, voice });
      const grant: Grant = {
        version: 1,
        sessionId,
        expiresAt: Math.max(sessionEndsAt, renewalExpiresAt),
        endsAt: share?.endsAt ?? lastMoment,
        renewal,
        ...(voice ? { voice: { service: 'dve', ...(await admit({ target: 'dve', ...voice })) } } : {}),
        ...(share ? await share.describe(sessionEndsAt, admit) : {}),
      };
      if (signal.aborted) throw abortReason(signal);
      return grant;
    } catch (error) {
      // Nobody will ever use what this grant would have given.
      await share?.discard().catch(() => config.log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: { sessionId } }));
      throw error;
    }
  }

  async function startShare({ avatar, subject }: NewSession, named: Pick<Issue, 'session' | 'sessionId' | 'lastMoment'>, signal: AbortSignal): Promise<AvatarShare | null> {
    if (avatar === null) return null;
    const makeSeat = async (): Promise<ChannelSeat> => createSeat(await subjectTag(subject.id));
    const { session, sessionId, lastMoment } = named;
    if (avatar.service === 'akool-streaming')
      return shareOfNode(config, nodes(), { avatarId: avatar.avatarId, seat: await makeSeat(), holder: session, previous: null, signal });
    const side = hostedSide();
    const opened = await side.sessions.start({ session, sessionId, wish: avatar, lastMoment, makeSeat, signal });
    return shareOfHosted(side.config, side.sessions, opened, true);
  }

  async function renewShare(pass: RenewalPass, signal: AbortSignal): Promise<AvatarShare | null> {
    if (isHosted(pass)) {
      const side = hostedSide();
      const { isNew, ...opened } = await side.sessions.renew(pass, signal);
      return shareOfHosted(side.config, side.sessions, opened, isNew);
    }
    const { avatar, session } = pass;
    return avatar && shareOfNode(config, nodes(), { avatarId: avatar.avatarId, seat: avatar.channel, holder: session, previous: nodeKey(avatar.node), signal });
  }

  function refuseWhen(isOver: boolean): void {
    if (isOver) throw new AvatarError('server-draining', { message: 'The server is restarting. Try again shortly.' });
  }

  return {
    async start(wanted, destination) {
      refuseWhen(isDraining);
      const { subject, avatar, voice } = wanted;
      const startedAt = config.clock.epochMs();
      const lastMoment = startedAt + Math.min(config.maxSessionMs, subject.limits?.maxSessionMs ?? Infinity);
      const named = { session: randomId(), sessionId: wanted.sessionId ?? crypto.randomUUID(), startedAt, lastMoment };
      await live.open({ ...named, subject: subject.id, service: avatar?.service ?? null, avatarId: avatar?.avatarId ?? null }, subject);
      try {
        const share = await startShare(wanted, named, destination.signal);
        return await issue({ ...named, subject: subject.id, share, voice }, destination);
      } catch (error) {
        await live.close(named.session, subject.id);
        throw error;
      }
    },

    async renew(pass, destination) {
      refuseWhen(isClosed);
      await live.extend(pass);
      return issue({ ...pass, share: await renewShare(pass, destination.signal) }, destination);
    },

    async renewChannel(pass, { origin }) {
      const endsAt = pass.hosted?.endsAt ?? null;
      const { sessionEndsAt, renewalExpiresAt } = termsFrom(pass.lastMoment, endsAt);
      const channelOf = async () => {
        if (isHosted(pass)) return hostedSide().sessions.renewChannel(pass);
        if (pass.avatar === null) throw new AvatarError('invalid-options', { message: 'This session has no channel to renew.' });
        return (await issueChannel(avatarSide(config), pass.avatar.channel, config.clock.epochMs() + config.channelTokenTtlMs)).grant;
      };
      const channel = await channelOf();
      const renewal = await renewals.seal({ ...pass, origin, expiresAt: renewalExpiresAt });
      return { version: 1, sessionId: pass.sessionId, expiresAt: Math.max(sessionEndsAt, renewalExpiresAt), endsAt: endsAt ?? pass.lastMoment, renewal, channel };
    },

    async keep(pass, wantsStatus) {
      refuseWhen(isClosed);
      if (!isHosted(pass)) throw new AvatarError('invalid-options', { message: 'This session needs no keeping: nothing of it is held at a vendor.' });
      const state = await hostedSide().sessions.keep(pass, wantsStatus);
      await live.extend(pass);
      return state;
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
      if (!opened.ok && opened.why === 'expired') return null;
      if (!opened.ok || opened.claims.origin !== origin) throw renewalRefused();
      await ender.endByPass(opened.claims);
      return opened.claims.sessionId;
    },

    endOwn: ({ id }, sessionId) => ender.endByName(id, sessionId),
    touch: () => hosted?.sessions.touch(),
    isOpen: () => !isDraining,
    drain() {
      isDraining = true;
    },
    async close() {
      isDraining = true;
      isClosed = true;
      await hosted?.sessions.close();
    },
  };
}

function isHosted<Pass extends RenewalPass>(pass: Pass): pass is Pass & HostedPass {
  return pass.hosted !== null;
}

function renewalRefused(): AvatarError {
  return new AvatarError('ticket-refused', { message: 'The renewal pass is not valid here. Start a new session.' });
}
