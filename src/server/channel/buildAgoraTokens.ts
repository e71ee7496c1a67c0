import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelOptions } from '../AvatarServerOptions.js';
import type { ChannelSeat } from './issueChannel.js';

type AgoraOptions = Extract<ChannelOptions, { kind: 'agora' }>;

/** From now. */
export interface AgoraTokenTimes {
  readonly viewerTtlSeconds: number;
  readonly avatarTtlSeconds: number;
}

export interface AgoraTokens {
  readonly viewer: string;
  readonly avatar: string;
}

/**
 * AccessToken2 tokens for the two seats of a room.
 *
 * Privileges other than joining are enforced by Agora only when co-host authentication is switched on in its console.
 *
 * A token and its privileges end at the same time.
 */
export async function buildAgoraTokens(options: AgoraOptions, seat: ChannelSeat, { viewerTtlSeconds, avatarTtlSeconds }: AgoraTokenTimes): Promise<AgoraTokens> {
  // Loaded here because it is CommonJS for Node alone; an edge server with another channel never touches it.
  const { RtcRole, RtcTokenBuilder } = (await import('agora-token')).default;
  const build = (uid: number, role: number, ttlSeconds: number): string =>
    RtcTokenBuilder.buildTokenWithUid(options.appId, options.certificate, seat.name, uid, role, ttlSeconds, ttlSeconds);
  const tokens = {
    viewer: build(seat.viewerUid, options.viewerMayPublish === true ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER, viewerTtlSeconds),
    avatar: build(seat.avatarUid, RtcRole.PUBLISHER, avatarTtlSeconds),
  };
  // The builder answers an empty string instead of throwing.
  if (tokens.viewer === '' || tokens.avatar === '')
    throw new AvatarError('server-misconfigured', { message: 'No channel token could be made. Operator: check AGORA_APP_ID and AGORA_APP_CERTIFICATE.' });
  return tokens;
}
