import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import type { HostedConfig } from '../hosted/resolveHosted.js';
import type { ChatRoomTicket } from '../tickets/ticketClaims.js';
import { createRedactor } from './createRedactor.js';
import { guardedLookup } from './guardedLookup.js';
import { inspectChatMessage } from './inspectChatMessage.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';

const UNREACHABLE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The chat room could not be reached.', isNodeFailure: true };
const TIMED_OUT: BridgeEnd = { code: RELAY_CLOSE.upstreamTimeout, reason: 'The chat room did not answer in time.', isNodeFailure: true };
const TOO_LARGE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The chat room sent a message that is too large.', isNodeFailure: true };

/** The way to the chat room of a version 3 session. Its address is the only key to it, so a browser never sees it. */
export function createChatRoomWire(hosted: HostedConfig, ticket: ChatRoomTicket): UpstreamWire {
  const url = new URL(ticket.clientUrl);
  const redact = createRedactor([...hosted.secrets, ticket.clientUrl]);
  return {
    kind: ticket.target,
    host: url.host,
    target: { url, headers: {}, subprotocols: [], accepts: (selected) => selected === null, lookup: guardedLookup(hosted.hostPolicy) },
    connectTimeoutMs: hosted.timeoutMs,
    opening: null,
    greeting: RELAY_UPSTREAM_OPEN,
    // The avatar hears the user in the room; this socket carries only what is written. The session has a lease of its own.
    endsWhenIdle: false,
    unreachable: UNREACHABLE,
    timedOut: TIMED_OUT,
    sentTooMuch: TOO_LARGE,

    endForClose(code) {
      if (code === 1_000) return { code, reason: 'The avatar service ended the chat.', isNodeFailure: false };
      // Codes of its own are not documented, and could be mistaken for the relay's.
      return { ...UNREACHABLE, reason: 'The connection to the chat room was lost.' };
    },
    endForStatus: () => ({ ...UNREACHABLE, reason: 'The chat room refused the connection.' }),

    peekUp: () => null,
    peekDown: () => null,
    fromBrowser(payload, isBinary) {
      if (isBinary) return { ok: false, why: 'Only text messages are forwarded.' };
      const inspected = inspectChatMessage(payload.toString(), ticket.peer, hosted.prompt);
      return inspected.ok ? { ok: true, kind: 'other', message: inspected.text } : inspected;
    },
    fromVendor: (payload, isBinary) => (isBinary ? null : { kind: 'other', message: redact(payload.toString()) }),
    complaint: (why, count) => JSON.stringify({ type: 'error', message_id: `relay-error-${count}`, code: RELAY_CLOSE.badRequest, message: why }),

    onEnd: () => undefined,
    leave: (upstream) => upstream.close(1_000, ''),
    onGone: () => undefined,
  };
}
