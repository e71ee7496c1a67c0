import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import type { DveConfig, ServerConfig } from '../resolveServerOptions.js';
import type { DveTicket } from '../tickets/ticketClaims.js';
import { frameBytes } from './frameBytes.js';
import { leaveQuietly } from './leaveQuietly.js';
import { openDve } from './openDve.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';

const UNREACHABLE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The voice service could not be reached.', isNodeFailure: true };
const TIMED_OUT: BridgeEnd = { code: RELAY_CLOSE.upstreamTimeout, reason: 'The voice service did not answer in time.', isNodeFailure: true };
const TOO_LARGE: BridgeEnd = { code: RELAY_CLOSE.messageTooLarge, reason: 'The voice service sent a message that is too large.', isNodeFailure: true };
const KEY_REJECTED: BridgeEnd = { code: RELAY_CLOSE.keyRejected, reason: "The voice service rejected the server's key.", isNodeFailure: false };

/** The way to the DaVinci Voice Engine, which speaks protobuf: bytes pass as they are, both ways. */
export function createDveWire(config: ServerConfig, dve: DveConfig, ticket: DveTicket): UpstreamWire {
  const socket = openDve(config, dve, ticket);
  return {
    socket,
    host: new URL(dve.url).host,
    connectTimeoutMs: dve.connectTimeoutMs,
    greeting: RELAY_UPSTREAM_OPEN,
    unreachable: UNREACHABLE,
    timedOut: TIMED_OUT,
    sentTooMuch: TOO_LARGE,

    endForClose(code) {
      // 4xxx codes are the vendor's to define, 4008 the only one that is known of; the client gives them a meaning.
      if (code >= 4_000 && code <= 4_999) return { code, reason: `The voice service closed the connection (${code}).`, isNodeFailure: false };
      if (code === 1_000) return { code, reason: 'The voice service ended the session.', isNodeFailure: false };
      return { ...UNREACHABLE, reason: 'The connection to the voice service was lost.' };
    },
    endForStatus: (status) => (status === 401 || status === 403 ? KEY_REJECTED : { ...UNREACHABLE, reason: 'The voice service refused the connection.' }),

    fromBrowser: (data, isBinary) =>
      isBinary ? { ok: true, message: frameBytes(data) } : { ok: false, why: 'Only binary messages are forwarded.' },
    fromVendor: (data, isBinary) => (isBinary ? frameBytes(data) : null),
    complaint: () => null,

    leave: () => leaveQuietly(socket, config.clock),
    onGone: () => undefined,
  };
}
