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

/** Notices sides that are gone without a word, such as a laptop that was closed: TCP alone would take many minutes. */
export interface BridgeWatch {
  /** A frame of any kind has come. */
  heardBrowser(): void;
  heardVendor(): void;
  /** The vendor has answered a ping. */
  heardVendorPong(): void;
  /** A message has come that is no ping. */
  used(): void;
  stop(): void;
}

const HEARTBEAT_MS = 20_000;
/** How many beats a vendor may be silent though it is asked. It reads slowly when much speech was sent at once, and pings wait behind it. */
const VENDOR_PATIENCE_BEATS = 3;

/**
 * Asks browsers at every beat. A browser always answers, since its WebSocket does that by itself.
 *
 * A vendor is asked when it has been silent for a beat. RFC 6455 has it answer as well; whether its servers do is documented nowhere,
 * so silence counts against one only after it has answered once on the same connection. One that never has is left to TCP keep-alive,
 * to the flow's bound when it takes nothing any more, and to the pings of the page itself.
 */
export function watchBridge({ clock, browser, vendor, maxIdleMs, onIdle, onVendorGone, onBeat }: WatchOptions): BridgeWatch {
  const beatMs = Math.min(HEARTBEAT_MS, maxIdleMs);
  let hasHeardBrowser = true;
  let hasHeardVendor = true;
  let doesVendorAnswer = false;
  let unansweredBeats = 0;
  let wasUsed = true;
  let idleMs = 0;
  let cancel = clock.schedule(beat, beatMs);

  function beat(): void {
    idleMs = wasUsed ? 0 : idleMs + beatMs;
    wasUsed = false;
    if (idleMs >= maxIdleMs) return onIdle();
    // While a side is not read, an answer could not be seen.
    if (!hasHeardBrowser && !browser.isPaused()) return browser.destroy();
    hasHeardBrowser = false;
    browser.send(OPCODE.ping, '');
    if (askVendor()) return onVendorGone();
    cancel = clock.schedule(beat, beatMs);
    onBeat();
  }

  /** @returns whether it is gone. */
  function askVendor(): boolean {
    const asked = vendor();
    if (asked === null) return false;
    const isSilent = !hasHeardVendor && !asked.isPaused();
    hasHeardVendor = false;
    if (!isSilent) {
      unansweredBeats = 0;
      return false;
    }
    // The first silent beat is the one that asks.
    if (doesVendorAnswer && unansweredBeats >= VENDOR_PATIENCE_BEATS) return true;
    unansweredBeats += 1;
    asked.send(OPCODE.ping, '');
    return false;
  }

  return {
    heardBrowser: () => void (hasHeardBrowser = true),
    heardVendor: () => void (hasHeardVendor = true),
    heardVendorPong: () => void (doesVendorAnswer = true),
    used: () => void (wasUsed = true),
    stop() {
      cancel();
    },
  };
}
