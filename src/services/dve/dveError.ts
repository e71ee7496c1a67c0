import { relayCloseError } from '../../audio-socket/relayCloseError.js';
import { AvatarError } from '../../errors/AvatarError.js';

/** The only close code that the vendor's own client takes for normal. What it means is published nowhere. */
const DVE_CLOSE_ENDED = 4008;

/**
 * What the end of a socket means.
 *
 * @param retryableCodes - close codes after which another try is worth it, whatever they mean by default.
 */
export function dveErrorOfClose(code: number, retryableCodes: readonly number[]): AvatarError {
  const error = code === DVE_CLOSE_ENDED ? conversationEnded() : (relayCloseError(code, 'voice service') ?? connectionLost(code));
  const { reason, message, context } = error;
  return retryableCodes.includes(code) ? new AvatarError(reason, { message, context, retryable: true }) : error;
}

function conversationEnded(): AvatarError {
  return new AvatarError('session-ended', { message: 'The voice service ended the conversation. Start a new one to go on.', context: { code: DVE_CLOSE_ENDED } });
}

function connectionLost(code: number): AvatarError {
  return new AvatarError('connection-lost', {
    message: code === 1000 || code === 1001 ? 'The voice service ended the connection.' : 'The connection to the voice service was lost.',
    context: { code },
  });
}
