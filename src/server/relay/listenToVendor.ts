import type { Flow } from './createFlow.js';
import type { Tally } from './createTally.js';
import { encodeMessage } from './encodeMessage.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import type { BridgeWatch } from './watchBridge.js';
import { OPCODE } from './websocket/frame.js';
import type { Peer, PeerHandlers } from './websocket/Peer.js';

export interface VendorSide {
  readonly vendor: Peer;
  readonly wire: UpstreamWire;
  readonly watch: BridgeWatch;
  readonly tally: Tally;
  readonly down: Flow;
  finish(end: BridgeEnd): void;
}

/** Bytes of answers that may wait for a vendor that pings and does not read. */
const MAX_WAITING_PONG_BYTES = 65_536;

/** What a bridge does with what its vendor says. */
export function listenToVendor({ vendor, wire, watch, tally, down, finish }: VendorSide): PeerHandlers {
  return {
    onFrame(frame, isWhole) {
      watch.heardVendor();
      if (!isWhole || wire.peekDown(frame) === null) return 'read';
      watch.used();
      tally.add('down', frame.end - frame.payloadStart);
      return 'forward';
    },
    onForward: down.send,
    onMessage(payload, isBinary) {
      const seen = wire.fromVendor(payload, isBinary);
      if (seen === null) return;
      if (seen.kind !== 'ping') watch.used();
      tally.add('down', payload.length);
      down.send(encodeMessage(seen.message, 'browser'));
    },
    onPing(payload) {
      watch.heardVendor();
      if (vendor.bufferedBytes() < MAX_WAITING_PONG_BYTES) vendor.send(OPCODE.pong, payload);
    },
    onPong() {
      watch.heardVendor();
      watch.heardVendorPong();
    },
    onViolation: ({ code }) => finish(code === 1009 ? wire.sentTooMuch : wire.unreachable),
    onClose: (code) => finish(wire.endForClose(code)),
  };
}
