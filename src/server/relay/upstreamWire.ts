import type { RawData, WebSocket } from 'ws';
import type { BridgeEnd } from './upstreamClose.js';

/** What is forwarded: text, or bytes as they came. */
export type RelayedMessage = string | Buffer;

export type FromBrowser =
  /** `answer` goes back to the browser at once, where the vendor itself will not answer. */
  | { readonly ok: true; readonly message: RelayedMessage; readonly answer?: RelayedMessage | null }
  | { readonly ok: false; readonly why: string };

/** One vendor's ways on one opening socket: all that a bridge has to know of whom it talks to. */
export interface UpstreamWire {
  readonly socket: WebSocket;
  /** Where it leads, for the log. */
  readonly host: string;
  readonly connectTimeoutMs: number;
  /** What the browser is told when the vendor's socket is open; null for nothing. */
  readonly greeting: string | null;
  readonly unreachable: BridgeEnd;
  readonly timedOut: BridgeEnd;
  readonly sentTooMuch: BridgeEnd;
  endForClose(code: number): BridgeEnd;
  /** For a plain HTTP answer to the upgrade. */
  endForStatus(status: number): BridgeEnd;
  /** Checks what a browser sends, and writes it as the vendor shall see it. */
  fromBrowser(data: RawData, isBinary: boolean): FromBrowser;
  /** What of a vendor's message a browser may see; null for nothing. */
  fromVendor(data: RawData, isBinary: boolean): RelayedMessage | null;
  /** How a browser is told that its message was refused; null where the protocol has no way. */
  complaint(why: string, count: number): RelayedMessage | null;
  /** Takes leave. Resolves when the socket is gone. */
  leave(end: BridgeEnd): Promise<void>;
  /** Both sockets are gone. */
  onGone(): void;
}
