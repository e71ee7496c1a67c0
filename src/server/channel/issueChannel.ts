import type { ChannelGrant } from '../../grant/grant.js';
import type { AkoolAgoraData } from '../../services/akool-streaming/messages.js';
import type { ChannelOptions } from '../AvatarServerOptions.js';
import { randomId } from '../randomId.js';
import type { ServerClock } from '../serverClock.js';
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

/** Where the room is, and by which clock its tokens expire. */
export interface ChannelSide {
  readonly channel: ChannelOptions;
  readonly clock: ServerClock;
}

/**
 * @param expiresAt when the browser's token stops working, milliseconds since the epoch.
 * @param avatarExpiresAt when the avatar's does. Default: the same.
 */
export async function issueChannel({ channel, clock }: ChannelSide, seat: ChannelSeat, expiresAt: number, avatarExpiresAt = expiresAt): Promise<IssuedChannel> {
  const secondsUntil = (time: number): number => Math.ceil((time - clock.epochMs()) / 1_000);
  const tokens =
    channel.kind === 'agora'
      ? await buildAgoraTokens(channel, seat, { viewerTtlSeconds: secondsUntil(expiresAt), avatarTtlSeconds: secondsUntil(avatarExpiresAt) })
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
