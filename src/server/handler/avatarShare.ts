import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarGrant, ChannelGrant, RelayAdmission } from '../../grant/grant.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { NodePromiser, NodeWish } from '../akool/createNodePromiser.js';
import { avatarSide } from '../avatarSide.js';
import { issueChannel, type ChannelSeat } from '../channel/issueChannel.js';
import type { HostedSessions } from '../hosted/createHostedSessions.js';
import type { OpenedHosted } from '../hosted/createOpener.js';
import type { HostedConfig } from '../hosted/resolveHosted.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { AvatarTicket, ChatRoomTicket, DveTicket, RenewalPass } from '../tickets/ticketClaims.js';

/** Where a relay ticket leads. */
export type TicketTarget =
  | Pick<AvatarTicket, 'target' | 'node' | 'avatarId' | 'agoraData'>
  | Pick<ChatRoomTicket, 'target' | 'clientUrl' | 'peer'>
  | Pick<DveTicket, 'target' | 'assistantId' | 'vision'>;

/** Makes a ticket of where it leads. */
export type Admit = (target: TicketTarget) => Promise<RelayAdmission>;

/** What it took to get an avatar, and what a grant says of it. */
export interface AvatarShare {
  /** For the pass with which the session is renewed. */
  readonly claims: Pick<RenewalPass, 'avatar' | 'hosted'>;
  /** When it is over before the session's own time; null when it is not. Milliseconds since the epoch. */
  readonly endsAt: number | null;
  /** @param sessionEndsAt until when credentials last that are given now. */
  describe(sessionEndsAt: number, admit: Admit): Promise<{ readonly avatar: AvatarGrant; readonly channel: ChannelGrant }>;
  /** Gives it back: the grant was not made, or nobody is there to take it. */
  discard(): Promise<void>;
}

export interface NodeWanted extends NodeWish {
  readonly seat: ChannelSeat;
}

/** Promises a node to the session. */
export async function shareOfNode(config: ServerConfig, nodes: NodePromiser, { seat, ...wish }: NodeWanted): Promise<AvatarShare> {
  const side = avatarSide(config);
  const { host, port } = await nodes.promise(wish);
  const node = { host, port };
  const { avatarId } = wish;
  return {
    claims: { avatar: { avatarId, node, channel: seat }, hosted: null },
    endsAt: null,
    async describe(sessionEndsAt, admit) {
      const { grant: channel, agoraData } = await issueChannel(side, seat, Math.min(sessionEndsAt, side.clock.epochMs() + side.channelTokenTtlMs), sessionEndsAt);
      const admission = await admit({ target: 'akool-streaming', node, avatarId, agoraData });
      return { avatar: { service: 'akool-streaming', avatarId, ...admission }, channel };
    },
    discard: () => config.ledger.releaseNode(nodeKey(node), wish.holder),
  };
}

/** Describes a session that is open at the vendor. @param isNew whether it was opened for this grant. */
export function shareOfHosted({ keepIntervalMs }: HostedConfig, sessions: HostedSessions, { claims, channel }: OpenedHosted, isNew: boolean): AvatarShare {
  const { service, avatarId, endsAt, chat, vendorId } = claims;
  const lease = { keepIntervalMs, endsAt };
  return {
    claims: { avatar: null, hosted: claims },
    endsAt,
    async describe(_sessionEndsAt, admit) {
      if (service === 'akool-live') return { avatar: { service, avatarId, ...lease }, channel };
      if (chat === null) throw new AvatarError('message-invalid', { message: 'The avatar service opened a session without its chat room. Start a new one.' });
      const admission = await admit({ target: 'akool-chat-room', ...chat });
      return { avatar: { service, avatarId, peer: chat.peer, ...admission, ...lease }, channel };
    },
    // One that a page has had before is left to its lease: that page may ask again.
    discard: async () => (isNew ? sessions.discard(vendorId) : undefined),
  };
}
