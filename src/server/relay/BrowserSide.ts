import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { BridgeWatch } from './BridgeWatch.js';
import { encodeMessage } from './encodeMessage.js';
import type { Flow } from './Flow.js';
import type { RateGate } from './RateGate.js';
import type { Tally } from './Tally.js';
import type { MessageKind, UpstreamWire } from './upstreamWire.js';
import { OPCODE, type Frame, type Violation } from './websocket/frame.js';
import type { Peer } from './websocket/Peer.js';
import type { PeerHandlers, Verdict } from './websocket/PeerHandlers.js';

export interface BrowserSideOptions {
  readonly browser: Peer;
  readonly limits: ServerConfig['limits'];
  readonly gate: RateGate;
  readonly wire: UpstreamWire;
  readonly watch: BridgeWatch;
  readonly tally: Tally;
  readonly up: Flow;
  readonly down: Flow;
  end(code: number, reason: string): void;
}

/** How much over its limit a message is taken for a mistake of the page, which is told so with a code of ours. */
const OVERSIZE_GRACE = 2;
/** A page with a bug is told what is wrong; one that goes on and on is not worth talking to. */
const MAX_REFUSED_MESSAGES = 10;

/** What a bridge does with what its browser says. */
export class BrowserSide implements PeerHandlers {
  private readonly gate: RateGate;
  private readonly wire: UpstreamWire;
  private readonly watch: BridgeWatch;
  private readonly tally: Tally;
  private readonly up: Flow;
  private refusedMessages = 0;

  constructor(private readonly options: BrowserSideOptions) {
    ({ gate: this.gate, wire: this.wire, watch: this.watch, tally: this.tally, up: this.up } = options);
  }

  onFrame(frame: Frame, isWhole: boolean): Verdict {
    if (!this.takeFrame()) return 'drop';
    const kind = isWhole ? this.wire.peekUp(frame) : null;
    if (kind === null) return 'read';
    return this.note(kind, frame.end - frame.payloadStart) ? 'forward' : 'drop';
  }

  onForward(frames: Buffer): void {
    this.up.send(frames);
  }

  onMessage(payload: Buffer, isBinary: boolean): void {
    const checked = this.wire.fromBrowser(payload, isBinary);
    if (!checked.ok) return this.refuse(checked.why);
    if (this.note(checked.kind, payload.length)) this.up.send(encodeMessage(checked.message, 'vendor'));
    if (checked.answer) this.options.down.send(encodeMessage(checked.answer, 'browser'));
  }

  onPing(payload: Buffer): void {
    const { browser, limits } = this.options;
    // Answered with a bound: whoever pings need not read the answers.
    if (this.takeFrame() && browser.bufferedBytes() < limits.maxBufferedBytes) browser.send(OPCODE.pong, payload);
  }

  onPong(): void {
    this.takeFrame();
  }

  onViolation({ code, messageBytes }: Violation): void {
    const { limits, end } = this.options;
    if (code !== 1009) return end(code, 'The page broke the protocol.');
    const isMistake = messageBytes <= OVERSIZE_GRACE * limits.maxMessageBytesUp;
    end(isMistake ? RELAY_CLOSE.messageTooLarge : code, `A message was over ${limits.maxMessageBytesUp} bytes.`);
  }

  onClose(): void {
    this.options.end(1_000, 'The page went away.');
  }

  /** Every frame counts, also a fragment: each costs us about the same. */
  private takeFrame(): boolean {
    this.watch.heardBrowser();
    if (this.gate.mayPass()) return true;
    this.options.end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    return false;
  }

  /** @returns whether the message is to be sent. */
  private note(kind: MessageKind, bytes: number): boolean {
    if (kind !== 'ping') this.watch.used();
    if (kind === 'audio' && this.up.isFull()) {
      this.tally.dropAudio();
      return false;
    }
    this.tally.addUp(bytes);
    return true;
  }

  private refuse(why: string): void {
    this.refusedMessages += 1;
    const complaint = this.refusedMessages > MAX_REFUSED_MESSAGES ? null : this.wire.complaint(why, this.refusedMessages);
    if (complaint === null) this.options.end(RELAY_CLOSE.badRequest, why);
    else this.options.down.send(encodeMessage(complaint, 'browser'));
  }
}
