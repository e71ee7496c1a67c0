import { AvatarError, type AvatarErrorReason } from '../../errors/AvatarError.js';
import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import { AKOOL_CODE } from './messages.js';

const BY_CODE: Readonly<Record<number, readonly [AvatarErrorReason, string]>> = {
  [AKOOL_CODE.badKey]: ['key-rejected', 'The avatar service rejected the API key. Check the key that the server is configured with.'],
  [AKOOL_CODE.occupied]: ['avatar-busy', 'The avatar is taken: it allows one conversation at a time. Another one is tried.'],
  [AKOOL_CODE.tooSoon]: ['reconnect-too-soon', 'The avatar service asks to wait before reconnecting.'],
  [RELAY_CLOSE.badRequest]: ['message-invalid', 'The relay refused a message that it does not know. Client and server may be of different releases.'],
  [RELAY_CLOSE.ticketRefused]: ['ticket-refused', 'The relay refused the ticket: it was used before, was made for another page, or is not from this server.'],
  [RELAY_CLOSE.idle]: ['session-ended', 'Nothing was said to the avatar for too long, so its connection was closed. Start again to go on.'],
  [RELAY_CLOSE.ticketExpired]: ['ticket-expired', 'The ticket has expired. A fresh one is needed; check the clocks when this repeats.'],
  [RELAY_CLOSE.messageTooLarge]: ['message-too-large', 'A message was larger than the relay allows. Send shorter chunks.'],
  // From the WebSocket protocol itself: a frame that was too large even to be read.
  1009: ['message-too-large', 'A message was larger than the relay reads. Send shorter chunks.'],
  [RELAY_CLOSE.rateLimited]: ['rate-limited', 'Too much was sent in too short a time. Wait a moment, then try again.'],
  [RELAY_CLOSE.upstreamUnreachable]: ['avatar-unreachable', 'The relay could not reach the avatar. Another one is tried.'],
  [RELAY_CLOSE.upstreamTimeout]: ['avatar-timeout', 'The avatar did not answer the relay in time. Another one is tried.'],
  [RELAY_CLOSE.draining]: ['server-draining', 'The server is restarting. The session moves to another instance.'],
};

/**
 * What a close code, an `error_code` or a discovery code means; null for a code that means nothing here.
 * The three share one set of numbers.
 */
function errorOfCode(code: number): AvatarError | null {
  const entry = BY_CODE[code];
  return entry ? new AvatarError(entry[0], { message: entry[1], context: { code } }) : null;
}

/** What the end of a socket means. */
export function errorOfClose(code: number): AvatarError {
  return (
    errorOfCode(code) ??
    new AvatarError('connection-lost', {
      message: code === 1000 || code === 1001 ? 'The avatar service ended the connection.' : 'The connection to the avatar was lost.',
      context: { code },
    })
  );
}

/** What an `error` message means. Its text is the vendor's and is passed on as context only. */
export function errorOfMessage(code: number | undefined, text: string | undefined): AvatarError {
  return (
    (code === undefined ? null : errorOfCode(code)) ??
    new AvatarError('avatar-error', {
      message: `The avatar service reported an error: ${text ?? 'no details given'}`,
      context: { code },
    })
  );
}

/** True for the errors after which a connection is of no use. */
export function endsConnection(error: AvatarError): boolean {
  return error.reason === 'key-rejected' || error.reason === 'avatar-busy' || error.reason === 'reconnect-too-soon';
}
