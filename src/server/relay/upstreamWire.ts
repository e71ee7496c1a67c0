import type { RelayTicket } from '../tickets/ticketClaims.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { Frame } from './websocket/frame.js';
import type { Peer } from './websocket/Peer.js';
import type { UpgradeTarget } from './websocket/requestUpgrade.js';

/** What is forwarded: text, or bytes as they came. */
export type RelayedMessage = string | Buffer;

/**
 * What a message is about. `audio` may be dropped when it would come too late; a `ping` does not show that somebody is there
 * who uses the connection.
 */
export type MessageKind = 'audio' | 'ping' | 'other';

export type FromBrowser =
  /** `answer` goes back to the browser at once, where the vendor itself will not answer. */
  | { readonly ok: true; readonly kind: MessageKind; readonly message: RelayedMessage; readonly answer?: RelayedMessage | null }
  | { readonly ok: false; readonly why: string };

export interface FromVendor {
  readonly kind: Exclude<MessageKind, 'audio'>;
  readonly message: RelayedMessage;
}

/** One vendor's ways: all that a bridge has to know of whom it talks to. */
export interface UpstreamWire {
  readonly kind: RelayTicket['target'];
  /** Where it leads, for the log. */
  readonly host: string;
  readonly target: UpgradeTarget;
  readonly connectTimeoutMs: number;
  /** What the vendor is told first; null for nothing. */
  readonly opening: string | null;
  /** What the browser is told when the vendor's socket is open; null for nothing. */
  readonly greeting: string | null;
  /** False where a conversation can go on elsewhere while this socket is silent. */
  readonly endsWhenIdle: boolean;
  readonly unreachable: BridgeEnd;
  readonly timedOut: BridgeEnd;
  readonly sentTooMuch: BridgeEnd;
  endForClose(code: number): BridgeEnd;
  /** For a plain HTTP answer to the upgrade. */
  endForStatus(status: number): BridgeEnd;
  /**
   * Looks at a message of the browser in one frame, which costs less than reading it.
   *
   * @returns of what kind it is when it may go on as it came; null when it has to be read.
   */
  peekUp(frame: Frame): Exclude<MessageKind, 'ping'> | null;
  /** The same for a message of the vendor. */
  peekDown(frame: Frame): 'other' | null;
  /** Checks what a browser sends, and writes it as the vendor shall see it. */
  fromBrowser(payload: Buffer, isBinary: boolean): FromBrowser;
  /** What of a vendor's message a browser may see; null for nothing. */
  fromVendor(payload: Buffer, isBinary: boolean): FromVendor | null;
  /** How a browser is told that its message was refused; null where the protocol has no way. */
  complaint(why: string, count: number): RelayedMessage | null;
  /** The bridge is over. */
  onEnd(end: BridgeEnd): void;
  /** Takes leave of the vendor. Resolves when the socket is gone. */
  leave(upstream: Peer): Promise<void>;
  /** Both sockets are gone. */
  onGone(): void;
}
