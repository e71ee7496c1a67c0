import type { BridgeWatch } from './BridgeWatch.js';
import { encodeMessage } from './encodeMessage.js';
import type { Flow } from './Flow.js';
import type { Tally } from './Tally.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import { OPCODE, type Frame, type Violation } from './websocket/frame.js';
import type { Peer } from './websocket/Peer.js';
import type { PeerHandlers, Verdict } from './websocket/PeerHandlers.js';

export interface VendorSideOptions {
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
export class VendorSide implements PeerHandlers {
  private readonly wire: UpstreamWire;
  private readonly watch: BridgeWatch;
  private readonly tally: Tally;
  private readonly down: Flow;

  constructor(private readonly options: VendorSideOptions) {
    ({ wire: this.wire, watch: this.watch, tally: this.tally, down: this.down } = options);
  }

  onFrame(frame: Frame, isWhole: boolean): Verdict {
    this.watch.heardVendor();
    if (!isWhole || this.wire.peekDown(frame) === null) return 'read';
    this.watch.used();
    this.tally.addDown(frame.end - frame.payloadStart);
    return 'forward';
  }

  onForward(frames: Buffer): void {
    this.down.send(frames);
  }

  onMessage(payload: Buffer, isBinary: boolean): void {
    const seen = this.wire.fromVendor(payload, isBinary);
    if (seen === null) return;
    if (seen.kind !== 'ping') this.watch.used();
    this.tally.addDown(payload.length);
    this.down.send(encodeMessage(seen.message, 'browser'));
  }

  onPing(payload: Buffer): void {
    this.watch.heardVendor();
    const { vendor } = this.options;
    if (vendor.bufferedBytes() < MAX_WAITING_PONG_BYTES) vendor.send(OPCODE.pong, payload);
  }

  onPong(): void {
    this.watch.heardVendor();
    this.watch.heardVendorPong();
  }

  onViolation({ code }: Violation): void {
    const { finish } = this.options;
    finish(code === 1009 ? this.wire.sentTooMuch : this.wire.unreachable);
  }

  onClose(code: number): void {
    this.options.finish(this.wire.endForClose(code));
  }
}
