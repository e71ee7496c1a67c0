import { AvatarError, type AvatarErrorReason } from '../errors/AvatarError.js';
import { RELAY_CLOSE } from '../grant/relayProtocol.js';

/**
 * What a close code of the relay's own means; null for any other.
 *
 * @param upstream what is behind the relay, such as `avatar service`.
 */
export function relayCloseError(code: number, upstream: string): AvatarError | null {
  const [reason, message] = meaningOf(code, upstream) ?? [];
  return reason && message ? new AvatarError(reason, { message, context: { code } }) : null;
}

function meaningOf(code: number, upstream: string): readonly [AvatarErrorReason, string] | null {
  switch (code) {
    case RELAY_CLOSE.badRequest:
      return ['message-invalid', 'The relay refused a message that it does not know. Client and server may be of different releases.'];
    case RELAY_CLOSE.ticketRefused:
      return ['ticket-refused', 'The relay refused the ticket: it was used before, was made for another page, or is not from this server.'];
    case RELAY_CLOSE.keyRejected:
      return ['key-rejected', `The ${upstream} rejected the API key. Check the key that the server is configured with.`];
    case RELAY_CLOSE.idle:
      return ['session-ended', 'Nothing was said for too long, so the connection was closed. Start again to go on.'];
    case RELAY_CLOSE.ticketExpired:
      return ['ticket-expired', 'The ticket has expired. A fresh one is needed; check the clocks when this repeats.'];
    case RELAY_CLOSE.messageTooLarge:
      return ['message-too-large', 'A message was larger than the relay allows. Send less at once.'];
    // From the WebSocket protocol itself: a frame that was too large even to be read.
    case 1009:
      return ['message-too-large', 'A message was larger than the relay reads. Send less at once.'];
    case RELAY_CLOSE.rateLimited:
      return ['rate-limited', 'Too much was sent in too short a time. Wait a moment, then try again.'];
    case RELAY_CLOSE.upstreamUnreachable:
      return ['avatar-unreachable', `The relay could not reach the ${upstream}.`];
    case RELAY_CLOSE.upstreamTimeout:
      return ['avatar-timeout', `The ${upstream} did not answer the relay in time.`];
    case RELAY_CLOSE.draining:
      return ['server-draining', 'The server is restarting. The session moves to another instance.'];
    default:
      return null;
  }
}
