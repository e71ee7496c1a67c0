import type { ChannelGrant } from '../../grant/grant.js';
import type { AkoolAgoraData } from '../../services/akool-streaming/messages.js';
import { randomId } from '../randomId.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { buildAgoraTokens } from './buildAgoraTokens.js';

/** A room and the two who meet in it. Stays the same when a session is renewed. */
export interface ChannelSeat {
  /** Channel name, under 64 bytes. */
  readonly name: string;
  readonly viewerUid: number;
  readonly avatarUid: number;
}

export interface IssuedChannel {
  /** For the browser. */
  readonly grant: ChannelGrant;
  /** For the avatar; goes into the sealed ticket. */
  readonly agoraData: AkoolAgoraData & { readonly uid: string };
}

/** A room that nobody can guess, whose name ties it to the subject without telling who that is. */
export async function createSeat(subjectTag: string): Promise<ChannelSeat> {
  const viewerUid = randomUid();
  let avatarUid = randomUid();
  while (avatarUid === viewerUid) avatarUid = randomUid();
  return { name: `vv-${subjectTag}-${randomId()}`, viewerUid, avatarUid };
}

/** 1..2^32-1. Zero means "any uid" to Agora. */
function randomUid(): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value === 0 ? randomUid() : value;
}

/** @param expiresAt when the tokens stop working, milliseconds since the epoch. */
export async function issueChannel({ channel, clock }: AvatarServerConfig, seat: ChannelSeat, expiresAt: number): Promise<IssuedChannel> {
  const tokens =
    channel.kind === 'agora'
      ? await buildAgoraTokens(channel, seat, Math.ceil((expiresAt - clock.epochMs()) / 1_000))
      : { viewer: `loopback-${randomId()}`, avatar: `loopback-${randomId()}` };
  const appId = channel.appId ?? 'loopback';
  return {
    grant: {
      kind: channel.kind,
      appId,
      channel: seat.name,
      token: tokens.viewer,
      uid: seat.viewerUid,
      avatarUid: seat.avatarUid,
      tokenExpiresAt: expiresAt,
      ...(channel.kind === 'loopback' ? { url: channel.url } : {}),
    },
    // The vendor's README shows the uid as a string.
    agoraData: { appid: appId, channel_id: seat.name, token: tokens.avatar, uid: String(seat.avatarUid) },
  };
}
