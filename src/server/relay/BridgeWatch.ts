import type { Clock } from '../../clock/clock.js';
import { OPCODE } from './websocket/frame.js';
import type { Peer } from './websocket/Peer.js';

export interface WatchOptions {
  readonly clock: Clock;
  readonly browser: Peer;
  /** Null until the vendor's socket is open. */
  readonly vendor: () => Peer | null;
  /** How long nothing but pings may come either way. `Infinity` for as long as it likes. */
  readonly maxIdleMs: number;
  onIdle(): void;
  onVendorGone(): void;
  /** Runs at each beat. */
  onBeat(): void;
}

const HEARTBEAT_MS = 20_000;
/** How many beats a vendor may be silent though it is asked. It reads slowly when much speech was sent at once, and pings wait behind it. */
const VENDOR_PATIENCE_BEATS = 3;

/**
 * Notices sides that are gone without a word, such as a laptop that was closed: TCP alone would take many minutes.
 *
 * Asks browsers at every beat. A browser always answers, since its WebSocket does that by itself.
 *
 * A vendor is asked when it has been silent for a beat. RFC 6455 has it answer as well; whether its servers do is documented nowhere,
 * so silence counts against one only after it has answered once on the same connection. One that never has is left to TCP keep-alive,
 * to the flow's bound when it takes nothing any more, and to the pings of the page itself.
 */
export class BridgeWatch {
  private readonly beatMs: number;
  private hasHeardBrowser = true;
  private hasHeardVendor = true;
  private doesVendorAnswer = false;
  private unansweredBeats = 0;
  private wasUsed = true;
  private idleMs = 0;
  private cancel: () => void;

  constructor(private readonly options: WatchOptions) {
    this.beatMs = Math.min(HEARTBEAT_MS, options.maxIdleMs);
    this.cancel = this.schedule();
  }

  /** A frame of any kind has come. */
  heardBrowser(): void {
    this.hasHeardBrowser = true;
  }

  heardVendor(): void {
    this.hasHeardVendor = true;
  }

  /** The vendor has answered a ping. */
  heardVendorPong(): void {
    this.doesVendorAnswer = true;
  }

  /** A message has come that is no ping. */
  used(): void {
    this.wasUsed = true;
  }

  stop(): void {
    this.cancel();
  }

  private schedule(): () => void {
    return this.options.clock.schedule(() => this.beat(), this.beatMs);
  }

  private beat(): void {
    const { browser, maxIdleMs, onIdle, onVendorGone, onBeat } = this.options;
    this.idleMs = this.wasUsed ? 0 : this.idleMs + this.beatMs;
    this.wasUsed = false;
    if (this.idleMs >= maxIdleMs) return onIdle();
    // While a side is not read, an answer could not be seen.
    if (!this.hasHeardBrowser && !browser.isPaused()) return browser.destroy();
    this.hasHeardBrowser = false;
    browser.send(OPCODE.ping, '');
    if (this.askVendor()) return onVendorGone();
    this.cancel = this.schedule();
    onBeat();
  }

  /** @returns whether it is gone. */
  private askVendor(): boolean {
    const asked = this.options.vendor();
    if (asked === null) return false;
    const isSilent = !this.hasHeardVendor && !asked.isPaused();
    this.hasHeardVendor = false;
    if (!isSilent) {
      this.unansweredBeats = 0;
      return false;
    }
    // The first silent beat is the one that asks.
    if (this.doesVendorAnswer && this.unansweredBeats >= VENDOR_PATIENCE_BEATS) return true;
    this.unansweredBeats += 1;
    asked.send(OPCODE.ping, '');
    return false;
  }
}
