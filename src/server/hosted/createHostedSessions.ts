import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelGrant } from '../../grant/grant.js';
import type { LeaseState } from '../../grant/lease.js';
import type { ChannelSeat } from '../channel/issueChannel.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { HostedClaims, RenewalPass } from '../tickets/ticketClaims.js';
import { createCloser } from './createCloser.js';
import { createLeases } from './createLeases.js';
import { createOpenings } from './createOpenings.js';
import { createOpener, type OpenedHosted, type OpenOrder } from './createOpener.js';
import { createSweeper } from './createSweeper.js';
import { createVendorCalls } from './createVendorCalls.js';
import { inTurn } from './inTurn.js';
import type { HostedConfig } from './resolveHosted.js';
import { sessionEnded } from './sessionEnded.js';
import { vendorRoomGrant } from './vendorRoom.js';

/** A pass of a session that is held at the vendor. */
export type HostedPass = Pick<RenewalPass, 'session' | 'sessionId'> & { readonly hosted: HostedClaims };

/** The sessions that this server holds at the vendor. At most one is open for each of ours. */
export interface HostedSessions {
  /** @param makeSeat for a room of ours. */
  start(order: Omit<OpenOrder, 'seat' | 'endsAt'> & { readonly lastMoment: number; readonly makeSeat: () => Promise<ChannelSeat> }): Promise<OpenedHosted>;
  /** The same session while it lives; another in its place when it died early. `isNew` tells which. */
  renew(pass: HostedPass, signal: AbortSignal): Promise<OpenedHosted & { readonly isNew: boolean }>;
  /** Fresh admission to the room of a session that lives. */
  renewChannel(pass: HostedPass): Promise<ChannelGrant>;
  keep(pass: HostedPass, wantsStatus: boolean): Promise<LeaseState>;
  /** Closes whatever is open for a session of ours, which must have been marked as ended before. */
  end(pass: HostedPass): Promise<void>;
  /** As {@link HostedSessions.end}, without a pass: what the ledger knows to be open. */
  endOpen(session: string): Promise<void>;
  /** Closes one that no browser will ever hear of. */
  discard(vendorId: string): Promise<void>;
  /** A request came. */
  touch(): void;
  /** Opens no more, and closes what this instance opened unless other instances look after it. Idempotent, never rejects. */
  close(): Promise<void>;
}

const MAX_SWEEP_MS = 10_000;
/** A session that nobody keeps is not open for much longer than its lease, however short that is. */
const SWEEPS_PER_LEASE = 4;
const MIN_SESSION_MS = 1_000;

export function createHostedSessions(config: ServerConfig, hosted: HostedConfig): HostedSessions {
  const { ledger, clock, log, metrics } = config;
  const calls = createVendorCalls(hosted);
  /** Opened by this instance and not known to be closed. */
  const ours = new Set<string>();
  const busy = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  const openings = createOpenings({ config, calls, timeoutMs: hosted.timeoutMs, onFound: (vendorId) => ours.add(vendorId) });
  const closer = createCloser({ config, calls, timeoutMs: hosted.timeoutMs, onClosed: (vendorId) => ours.delete(vendorId), recover: openings.recover });
  const leases = createLeases({ config, calls, closer, leaseMs: hosted.leaseMs, onAdopted: (vendorId) => ours.add(vendorId) });
  const opener = createOpener({ config, hosted, calls, closer, leases, openings, onOpened: (vendorId) => ours.add(vendorId), isDraining: () => closing !== null });
  const sweeper = createSweeper({
    clock,
    intervalMs: Math.min(MAX_SWEEP_MS, hosted.leaseMs / SWEEPS_PER_LEASE),
    sweep: closer.closeDue,
    waitUntil: config.waitUntil,
    onFail: () => log({ level: 'error', event: 'ledger-fail', message: 'The ledger did not answer. Sessions that nobody uses may stay open at the vendor.', context: {} }),
  });

  const stopGauge = metrics.gauge('hostedOpen', () => ours.size);

  /** Seen to its end before this instance goes. */
  async function seenThrough<Value>(work: Promise<Value>): Promise<Value> {
    busy.add(work);
    try {
      return await work;
    } finally {
      busy.delete(work);
    }
  }

  const holderOf = ({ session, sessionId, hosted: { vendorId, endsAt } }: HostedPass) => ({ session, sessionId, vendorId, endsAt });
  const presentId = async ({ session, hosted: { vendorId } }: HostedPass) => (await ledger.vendorSessions.find(session))?.vendorId ?? vendorId;

  /** The session as it is, with fresh admission to its room; null when it cannot be used any more. */
  async function reuse(pass: HostedPass, vendorId: string): Promise<OpenedHosted | null> {
    const { seat, endsAt } = pass.hosted;
    const state = await calls.inspect(vendorId);
    if (state.status === 'failed' || state.status === 'gone') return null;
    // Of a room of the vendor's, only the vendor knows how to come in again.
    if (seat === null && state.credentials === null) return null;
    if ((await leases.extend({ ...holderOf(pass), vendorId })) === null) return null;
    const channel = seat === null ? vendorRoomGrant(hosted, state.credentials, clock.epochMs()) : await opener.seatGrant(seat, endsAt);
    return { claims: { ...pass.hosted, vendorId }, channel };
  }

  async function renewHeld(pass: HostedPass, signal: AbortSignal): Promise<OpenedHosted & { readonly isNew: boolean }> {
    const { session, sessionId, hosted: claims } = pass;
    const vendorId = await presentId(pass);
    const reused = (await closer.isClosing(vendorId)) ? null : await reuse(pass, vendorId);
    if (await ledger.isSessionEnded(session)) throw sessionEnded();
    if (reused !== null) return { ...reused, isNew: false };
    // Closed before another is opened, so that there are never two.
    if (!(await closer.insist(vendorId)))
      throw new AvatarError('avatar-unreachable', { message: 'The avatar of before could not be closed, so that no other was opened. Try again shortly.' });
    const { service, avatarId, looks, seat, endsAt } = claims;
    if (endsAt - clock.epochMs() < MIN_SESSION_MS) throw sessionEnded();
    const opened = await opener.open({ session, sessionId, wish: { service, avatarId, looks }, seat, endsAt, signal });
    return { ...opened, isNew: true };
  }

  /** One at a time for each session, also across instances. */
  function renewAlone(pass: HostedPass, signal: AbortSignal): Promise<OpenedHosted & { readonly isNew: boolean }> {
    const taken = () => new AvatarError('avatar-busy', { message: 'This session is being renewed already. Try again shortly.' });
    return inTurn(config, `renewal of ${pass.session}`, taken, () => renewHeld(pass, signal));
  }

  async function closeAll(): Promise<void> {
    // What they open meanwhile they close themselves.
    await Promise.allSettled(busy);
    sweeper.stop();
    stopGauge();
    if (ledger.shared) return;
    // Nobody will remember them either.
    await Promise.allSettled([...openings.unsettled].map((vendorId) => closer.recoverNow(vendorId)));
    await Promise.allSettled([...ours].map((vendorId) => closer.persist(vendorId)));
  }

  return {
    async start({ lastMoment, makeSeat, ...order }) {
      const endsAt = Math.min(clock.epochMs() + hosted.durationMs, lastMoment);
      // The older interface knows no room but the vendor's.
      const hasOwnRoom = hosted.ownRoom !== null && order.wish.service === 'akool-live';
      const seat = hasOwnRoom ? await makeSeat() : null;
      return seenThrough(opener.open({ ...order, seat, endsAt }));
    },
    async renew(pass, signal) {
      if (signal.aborted) throw abortReason(signal);
      if (clock.epochMs() >= pass.hosted.endsAt) throw sessionEnded();
      return seenThrough(renewAlone(pass, signal));
    },
    async renewChannel(pass) {
      const { seat, endsAt } = pass.hosted;
      if (clock.epochMs() >= endsAt) throw sessionEnded();
      // Whether the avatar lives is of no matter to a room of ours.
      if (seat !== null) return opener.seatGrant(seat, endsAt);
      const reused = await reuse(pass, await presentId(pass));
      if (reused !== null) return reused.channel;
      throw new AvatarError('channel-token-expired', { message: 'The room of this session is gone. Renew the whole session.' });
    },
    keep: (pass, wantsStatus) => leases.keep(holderOf(pass), wantsStatus),
    end: (pass) =>
      seenThrough(
        (async () => {
          const { vendorId } = pass.hosted;
          const present = await ledger.vendorSessions.find(pass.session);
          // What a restart forgot is noted again, so that closing it is tried until it has succeeded.
          if (present === null && !(await closer.isClosing(vendorId)))
            await ledger.vendorSessions.note({ ...holderOf(pass), dueAt: clock.epochMs(), closings: 0 });
          await closer.close(present?.vendorId ?? vendorId);
        })(),
      ),
    endOpen: (session) =>
      seenThrough(
        (async () => {
          const present = await ledger.vendorSessions.find(session);
          if (present !== null) await closer.close(present.vendorId);
        })(),
      ),
    discard: (vendorId) => seenThrough(closer.persist(vendorId)),
    touch: () => sweeper.touch(),
    close: () => (closing ??= closeAll()),
  };
}
