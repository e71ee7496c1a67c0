import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import type { DveConfig } from '../resolveServerOptions.js';
import type { DveTicket } from '../tickets/ticketClaims.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import { OPCODE, type Frame } from './websocket/frame.js';
import type { UpgradeTarget } from './websocket/requestUpgrade.js';

const UNREACHABLE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The voice service could not be reached.', isNodeFailure: true };
const TIMED_OUT: BridgeEnd = { code: RELAY_CLOSE.upstreamTimeout, reason: 'The voice service did not answer in time.', isNodeFailure: true };
const TOO_LARGE: BridgeEnd = { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The voice service sent a message that is too large.', isNodeFailure: true };
const KEY_REJECTED: BridgeEnd = { code: RELAY_CLOSE.keyRejected, reason: "The voice service rejected the server's key.", isNodeFailure: false };

/** The vendor's own subprotocol; the key is offered beside it. */
const DVE_SUBPROTOCOL = 'proto';
/** How protobuf marks field 2, the audio, as bytes of some length. Text and pictures begin with another. */
const AUDIO_TAG = 0x12;

/** The way to the DaVinci Voice Engine, which speaks protobuf: bytes pass as they are, both ways. */
export function createDveWire(dve: DveConfig, ticket: DveTicket): UpstreamWire {
  const target = dveTarget(dve, ticket);
  return {
    kind: ticket.target,
    host: target.url.host,
    target,
    connectTimeoutMs: dve.connectTimeoutMs,
    opening: null,
    greeting: RELAY_UPSTREAM_OPEN,
    endsWhenIdle: true,
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

    peekUp: (frame) => (frame.opcode === OPCODE.binary ? (startsWithAudio(frame) ? 'audio' : 'other') : null),
    peekDown: (frame) => (frame.opcode === OPCODE.binary ? 'other' : null),
    fromBrowser(payload, isBinary) {
      if (!isBinary) return { ok: false, why: 'Only binary messages are forwarded.' };
      return { ok: true, kind: payload[0] === AUDIO_TAG ? 'audio' : 'other', message: payload };
    },
    fromVendor: (payload, isBinary) => (isBinary ? { kind: 'other', message: payload } : null),
    complaint: () => null,

    onEnd: () => undefined,
    leave: (upstream) => upstream.close(1_000, ''),
    onGone: () => undefined,
  };
}

function startsWithAudio({ bytes, payloadStart, end }: Frame): boolean {
  return payloadStart < end && ((bytes[payloadStart] ?? 0) ^ (bytes[payloadStart - 4] ?? 0)) === AUDIO_TAG;
}

function dveTarget(dve: DveConfig, ticket: DveTicket): UpgradeTarget {
  const url = new URL(dve.url);
  if (ticket.vision) url.searchParams.set('vision', '1');
  url.searchParams.set('assistant_id', ticket.assistantId);
  return {
    url,
    headers: {},
    subprotocols: [DVE_SUBPROTOCOL, dve.apiKey],
    // Whether the vendor's servers select a subprotocol is not documented. One that selects the key would be sending it back.
    accepts: (selected) => selected === null || selected === DVE_SUBPROTOCOL,
  };
}
