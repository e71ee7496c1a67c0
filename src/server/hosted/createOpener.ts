import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelGrant } from '../../grant/grant.js';
import type { AkoolStream } from '../akool-live/sessionCredentials.js';
import { issueChannel, type ChannelSeat } from '../channel/issueChannel.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { HostedClaims } from '../tickets/ticketClaims.js';
import type { Closer } from './createCloser.js';
import type { Leases } from './createLeases.js';
import { mayHaveOpened, type Opening, type Openings } from './createOpenings.js';
import type { VendorCalls, VendorOpening } from './createVendorCalls.js';
import type { HostedWish } from './hostedWish.js';
import type { HostedConfig } from './resolveHosted.js';
import { sessionEnded } from './sessionEnded.js';
import { checkChatRoom, vendorRoomGrant } from './vendorRoom.js';

/** What is to be opened, and for which session of ours. */
export interface OpenOrder {
  readonly session: string;
  readonly sessionId: string;
  readonly wish: HostedWish;
  /** In a room of ours; null in one of the vendor's. */
  readonly seat: ChannelSeat | null;
  /** When it is over in any case. Milliseconds since the epoch. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/** A session that is open at the vendor, and how a browser comes into its room. */
export interface OpenedHosted {
  readonly claims: HostedClaims;
  readonly channel: ChannelGrant;
}

export interface OpenerOptions {
  readonly config: ServerConfig;
  readonly hosted: HostedConfig;
  readonly calls: VendorCalls;
  readonly closer: Closer;
  readonly leases: Leases;
  readonly openings: Openings;
  readonly onOpened: (vendorId: string) => void;
  readonly isDraining: () => boolean;
}

/** Opens sessions at the vendor. What cannot be used, or is wanted no more when it is open, is closed before the error is thrown. */
export interface Opener {
  /** @throws what the vendor's answer means; `session-ended` and `server-draining` when that came meanwhile; or the reason of the signal. */
  open(order: OpenOrder): Promise<OpenedHosted>;
  /** Fresh admission for the browser's seat in a room of ours. */
  seatGrant(seat: ChannelSeat, endsAt: number): Promise<ChannelGrant>;
}

export function createOpener({ config, hosted, calls, closer, leases, openings, onOpened, isDraining }: OpenerOptions): Opener {
  const { ledger, clock, log } = config;

  async function issueSeat(seat: ChannelSeat, endsAt: number): ReturnType<typeof issueChannel> {
    const { ownRoom } = hosted;
    if (ownRoom === null) throw new AvatarError('server-misconfigured', { message: 'This server has no room of its own any more. Start a new session.' });
    // The avatar hears the page through its microphone's track.
    const channel = ownRoom.kind === 'agora' ? { ...ownRoom, viewerMayPublish: true } : ownRoom;
    // The avatar's token cannot be renewed, so that it has to last.
    return issueChannel({ channel, clock }, seat, Math.min(clock.epochMs() + config.channelTokenTtlMs, endsAt), endsAt);
  }

  function throwIfUnwanted(signal: AbortSignal): void {
    if (signal.aborted) throw abortReason(signal);
    if (isDraining()) throw new AvatarError('server-draining', { message: 'The server is restarting. Try again shortly.' });
  }

  async function settledWhenRefused(answer: Promise<VendorOpening>, opening: Opening | null, sessionId: string): Promise<VendorOpening> {
    try {
      return await answer;
    } catch (error) {
      if (!mayHaveOpened(error)) await opening?.settle();
      else log({ level: 'warn', event: 'hosted-open-unknown', message: 'The vendor did not say whether it opened a session.', context: { sessionId, isSought: opening !== null } });
      throw error;
    }
  }

  return {
    seatGrant: async (seat, endsAt) => (await issueSeat(seat, endsAt)).grant,
    async open({ session, sessionId, wish, seat, endsAt, signal }) {
      throwIfUnwanted(signal);
      const own = seat === null ? null : await issueSeat(seat, endsAt);
      const leftMs = endsAt - clock.epochMs();
      // In a room of the vendor's there is nothing to look for it by.
      const opening = seat === null ? null : await openings.begin({ session, sessionId, room: seat.name, endsAt });
      // Not aborted with the request: one that is cut off may still have opened a session, of which only its answer tells.
      const answer = calls.open(wish, leftMs, own === null ? undefined : streamOf(own.agoraData));
      const { vendorId, credentials, chat } = await settledWhenRefused(answer, opening, sessionId);
      onOpened(vendorId);
      try {
        await ledger.vendorSessions.note({ vendorId, session, sessionId, endsAt, dueAt: leases.dueAt(endsAt), closings: 0 });
        await opening?.settle();
        const channel = own?.grant ?? vendorRoomGrant(hosted, credentials, clock.epochMs());
        if (chat !== null) checkChatRoom(hosted, chat);
        throwIfUnwanted(signal);
        // Looked at after it was noted: whoever ends the session looks for it after that was said.
        if (await ledger.isSessionEnded(session)) throw sessionEnded();
        log({ level: 'info', event: 'hosted-open', message: 'A session was opened at the vendor.', context: { sessionId, vendorId, service: wish.service, avatarId: wish.avatarId } });
        return { claims: { ...wish, vendorId, endsAt, seat, chat }, channel };
      } catch (error) {
        await closer.persist(vendorId);
        throw error;
      }
    },
  };
}

function streamOf({ appid, channel_id: channel, token, uid }: { appid: string; channel_id: string; token: string; uid: string }): AkoolStream {
  return { type: 'agora', room: { appId: appid, channel, token, uid: Number(uid) } };
}
