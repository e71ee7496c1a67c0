import { AvatarError } from '../../errors/AvatarError.js';

/** Why the room ended, from the reason of `connection-state-change`. */
export function disconnectError(reason: string | undefined): AvatarError {
  const context = { cause: reason ?? 'unknown' };
  switch (reason) {
    case 'TOKEN_EXPIRE':
      return new AvatarError('channel-token-expired', { message: 'The channel token has expired. A fresh one is needed.', context });
    case 'UID_CONFLICT':
      return new AvatarError('channel-failed', { message: 'Another page joined the channel under the same uid.', retryable: false, context });
    case 'UID_BANNED':
    case 'IP_BANNED':
    case 'CHANNEL_BANNED':
      return new AvatarError('channel-failed', { message: 'The channel has put this user out.', retryable: false, context });
    default:
      return new AvatarError('channel-failed', { message: 'The connection to the channel was lost.', context });
  }
}

/** Why the room could not be joined. Agora's errors carry a `code`. */
export function joinError(cause: unknown): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
  return new AvatarError('channel-failed', {
    message:
      code === 'CAN_NOT_GET_GATEWAY_SERVER' || code === 'token-refused'
        ? 'The channel refused the token. Check the app id and certificate of the server, and its clock.'
        : 'The channel could not be joined. Check the network, and that the firewall lets WebRTC through.',
    context: { code },
    cause,
  });
}
