import { AvatarError } from '../../errors/AvatarError.js';

/** Why the room ended, from the reason of `connection-state-change`. */
export function disconnectError(reason: string | undefined): AvatarError {
  const context = { cause: reason ?? 'unknown' };
  switch (reason) {
    case 'TOKEN_EXPIRE':
      return new AvatarError('channel-token-expired', { message: 'The channel token has expired. A fresh one is needed.', context });
    case 'UID_CONFLICT':
      return new AvatarError('channel-failed', { message: 'Another page joined the channel under the same uid.', retryable: false, context });
    case 'LEAVE':
      return new AvatarError('channel-failed', {
        message: "Something other than the session has left the channel with the session's client. End the session instead.",
        retryable: false,
        context,
      });
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
  const code = codeOf(cause);
  const context = { code };
  // "dynamic key or token timeout": the one refusal that a fresh token mends.
  if (code === 'CAN_NOT_GET_GATEWAY_SERVER' && /(token|key)[^,]*(timeout|expired)/i.test(textOf(cause))) {
    return new AvatarError('channel-token-expired', { message: 'The channel token had expired before the channel was joined. A fresh one is needed.', context, cause });
  }
  return new AvatarError('channel-failed', {
    message:
      code === 'CAN_NOT_GET_GATEWAY_SERVER' || code === 'token-refused'
        ? 'The channel refused the token. Check the app id and certificate of the server, and its clock.'
        : 'The channel could not be joined. Check the network, and that the firewall lets WebRTC through.',
    context,
    cause,
  });
}

/** Why a data message was not sent. */
export function sendError(cause: unknown): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  const code = codeOf(cause);
  const context = { code };
  if (code === 'INVALID_PARAMS' || code === 'too-large') {
    return new AvatarError('message-too-large', {
      message: 'The channel takes at most 1,024 bytes, counted after encryption where data messages are encrypted (then at most 991 before). Send it in parts.',
      context,
      cause,
    });
  }
  if (isLoss(code)) return lostError('The data message was not sent: the connection to the channel was lost.', { code }, cause);
  return new AvatarError('channel-failed', { message: 'The channel did not take the data message.', context, cause });
}

/** Codes of the gateway: role without permission, invalid request to publish. The SDK's text for the first is that of a timeout. */
const REFUSALS: ReadonlySet<unknown> = new Set([2018, 2020]);

/** Why a track was not published. */
export function publishError(cause: unknown): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  const code = codeOf(cause);
  const text = textOf(cause);
  const context = { code };
  if (isLoss(code) && !text.includes('audience')) return lostError('The track was not published: the connection to the channel was lost.', { code }, cause);
  if (REFUSALS.has(gatewayCodeOf(cause)) || /ERR_PUBLISH_REQUEST_INVALID|NO_PERMISSION|audience|privilege/i.test(text)) {
    return new AvatarError('channel-failed', {
      message: 'The channel does not let this page publish. Its token needs the privilege to publish: have the server give publisher tokens for this session.',
      retryable: false,
      context,
      cause,
    });
  }
  if (code === 'INVALID_PARAMS') {
    return new AvatarError('channel-failed', {
      message: "The channel's client does not know the track: it comes from another copy of the Agora SDK. Make the client with agora-rtc-react's own AgoraRTC.",
      retryable: false,
      context,
      cause,
    });
  }
  return new AvatarError('channel-failed', { message: 'The track could not be published in the channel.', context, cause });
}

/** What has to wait for a room that is gone. */
export function lostError(message: string, context: { readonly code?: string } = {}, cause?: unknown): AvatarError {
  return new AvatarError('connection-lost', { message, context, cause });
}

/** Codes that mean: there is no connection (any more). */
function isLoss(code: string): boolean {
  return ['INVALID_OPERATION', 'WS_ABORT', 'WS_DISCONNECT', 'OPERATION_ABORTED', 'not-joined'].includes(code);
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
}

/** What the gateway said, where the SDK passes it on. */
function gatewayCodeOf(cause: unknown): unknown {
  const data: unknown = typeof cause === 'object' && cause !== null && 'data' in cause ? cause.data : null;
  return typeof data === 'object' && data !== null && 'code' in data ? data.code : null;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : '';
}
