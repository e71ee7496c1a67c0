/** @see https://www.rfc-editor.org/rfc/rfc6455#section-11.8 */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One whole frame, where it lies in what was read. */
export interface Frame {
  readonly opcode: number;
  /** False for a fragment that others follow. */
  readonly isFinal: boolean;
  /** The four bytes before the payload are then its key. */
  readonly isMasked: boolean;
  /** What was read. May hold other frames as well. */
  readonly bytes: Buffer;
  /** Offsets in `bytes`. */
  readonly start: number;
  readonly payloadStart: number;
  readonly end: number;
}

/** How a peer broke the protocol, or a limit. */
export interface Violation {
  /** With which code the protocol has the connection closed. */
  readonly code: 1002 | 1007 | 1009;
  /** For 1009: how large the message is at least, in bytes; otherwise 0. */
  readonly messageBytes: number;
}

export const PROTOCOL_ERROR: Violation = { code: 1002, messageBytes: 0 };
export const NOT_UTF8: Violation = { code: 1007, messageBytes: 0 };

export function tooLarge(messageBytes: number): Violation {
  return { code: 1009, messageBytes };
}
