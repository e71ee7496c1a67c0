import { AvatarError, type AvatarErrorReason } from '../../errors/AvatarError.js';
import { RELAY_CLOSE } from '../../grant/relayProtocol.js';

/** The only close code that the vendor's own client takes for normal. What it means is published nowhere. */
const DVE_CLOSE_ENDED = 4008;

const BY_CODE: Readonly<Record<number, readonly [AvatarErrorReason, string]>> = {
  [DVE_CLOSE_ENDED]: ['session-ended', 'The voice service ended the conversation. Start a new one to go on.'],
  [RELAY_CLOSE.badRequest]: ['message-invalid', 'The relay refused a message that it does not know. Client and server may be of different releases.'],
  [RELAY_CLOSE.ticketRefused]: ['ticket-refused', 'The relay refused the ticket: it was used before, was made for another page, or is not from this server.'],
  [RELAY_CLOSE.keyRejected]: ['key-rejected', 'The voice service rejected the API key. Check the key that the server is configured with.'],
  [RELAY_CLOSE.ticketExpired]: ['ticket-expired', 'The ticket has expired. A fresh one is needed; check the clocks when this repeats.'],
  [RELAY_CLOSE.messageTooLarge]: ['message-too-large', 'A message was larger than the relay allows. Send smaller pictures.'],
  // From the WebSocket protocol itself: a frame that was too large even to be read.
  1009: ['message-too-large', 'A message was larger than the relay reads. Send smaller pictures.'],
  [RELAY_CLOSE.rateLimited]: ['rate-limited', 'Too much was sent in too short a time. Wait a moment, then try again.'],
  [RELAY_CLOSE.upstreamUnreachable]: ['avatar-unreachable', 'The relay could not reach the voice service.'],
  [RELAY_CLOSE.upstreamTimeout]: ['avatar-timeout', 'The voice service did not answer the relay in time.'],
  [RELAY_CLOSE.draining]: ['server-draining', 'The server is restarting. The session moves to another instance.'],
};

/**
 * What the end of a socket means.
 *
 * @param retryableCodes - close codes after which another try is worth it, whatever they mean by default.
 */
export function dveErrorOfClose(code: number, retryableCodes: readonly number[]): AvatarError {
  const [reason, message] = BY_CODE[code] ?? [
    'connection-lost',
    code === 1000 || code === 1001 ? 'The voice service ended the connection.' : 'The connection to the voice service was lost.',
  ];
  return new AvatarError(reason, { message, context: { code }, ...(retryableCodes.includes(code) ? { retryable: true } : {}) });
}
