import { WebSocket } from 'ws';
import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import type { HostedConfig } from '../hosted/resolveHosted.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { ChatRoomTicket } from '../tickets/ticketClaims.js';
import { CLOSE_GRACE_MS } from './closeSocket.js';
import { createRedactor } from './createRedactor.js';
import { frameText } from './frameText.js';
import { guardedLookup } from './guardedLookup.js';
import { inspectChatMessage } from './inspectChatMessage.js';
import { leaveQuietly } from './leaveQuietly.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';

const UNREACHABLE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The chat room could not be reached.', isNodeFailure: true };
const TIMED_OUT: BridgeEnd = { code: RELAY_CLOSE.upstreamTimeout, reason: 'The chat room did not answer in time.', isNodeFailure: true };
const TOO_LARGE: BridgeEnd = { code: RELAY_CLOSE.messageTooLarge, reason: 'The chat room sent a message that is too large.', isNodeFailure: true };

/** The way to the chat room of a version 3 session. Its address is the only key to it, so a browser never sees it. */
export function createChatRoomWire(config: ServerConfig, hosted: HostedConfig, ticket: ChatRoomTicket): UpstreamWire {
  const options = {
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: config.limits.maxMessageBytesDown,
    lookup: guardedLookup(hosted.hostPolicy),
    // In a variable, since the package of types does not know this option yet.
    closeTimeout: CLOSE_GRACE_MS,
  };
  const socket = new WebSocket(ticket.clientUrl, options);
  const redact = createRedactor([...hosted.secrets, ticket.clientUrl]);
  return {
    socket,
    host: new URL(ticket.clientUrl).host,
    connectTimeoutMs: hosted.timeoutMs,
    greeting: RELAY_UPSTREAM_OPEN,
    unreachable: UNREACHABLE,
    timedOut: TIMED_OUT,
    sentTooMuch: TOO_LARGE,

    endForClose(code) {
      if (code === 1_000) return { code, reason: 'The avatar service ended the chat.', isNodeFailure: false };
      // Codes of its own are not documented, and could be mistaken for the relay's.
      return { ...UNREACHABLE, reason: 'The connection to the chat room was lost.' };
    },
    endForStatus: () => ({ ...UNREACHABLE, reason: 'The chat room refused the connection.' }),

    fromBrowser(data, isBinary) {
      if (isBinary) return { ok: false, why: 'Only text messages are forwarded.' };
      const inspected = inspectChatMessage(frameText(data), ticket.peer, hosted.prompt);
      return inspected.ok ? { ok: true, message: inspected.text } : inspected;
    },
    fromVendor: (data, isBinary) => (isBinary ? null : redact(frameText(data))),
    complaint: (why, count) => JSON.stringify({ type: 'error', message_id: `relay-error-${count}`, code: RELAY_CLOSE.badRequest, message: why }),

    leave: () => leaveQuietly(socket, config.clock),
    onGone: () => undefined,
  };
}
