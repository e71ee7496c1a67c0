import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelOptions } from '../AvatarServerOptions.js';
import type { ChannelSeat } from './issueChannel.js';

type AgoraOptions = Extract<ChannelOptions, { kind: 'agora' }>;

export interface AgoraTokens {
  readonly viewer: string;
  readonly avatar: string;
}

/**
 * AccessToken2 tokens for the two seats of a room.
 *
 * Privileges other than joining are enforced by Agora only when co-host authentication is switched on in its console.
 *
 * @param ttlSeconds from now; both the token and its privileges end then.
 */
export async function buildAgoraTokens(options: AgoraOptions, seat: ChannelSeat, ttlSeconds: number): Promise<AgoraTokens> {
  // Loaded here because it is CommonJS for Node alone; an edge server with another channel never touches it.
  const { RtcRole, RtcTokenBuilder } = (await import('agora-token')).default;
  const build = (uid: number, role: number): string =>
    RtcTokenBuilder.buildTokenWithUid(options.appId, options.certificate, seat.name, uid, role, ttlSeconds, ttlSeconds);
  const tokens = {
    viewer: build(seat.viewerUid, options.viewerMayPublish === true ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER),
    avatar: build(seat.avatarUid, RtcRole.PUBLISHER),
  };
  // The builder answers an empty string instead of throwing.
  if (tokens.viewer === '' || tokens.avatar === '')
    throw new AvatarError('server-misconfigured', { message: 'No channel token could be made. Operator: check AGORA_APP_ID and AGORA_APP_CERTIFICATE.' });
  return tokens;
}
