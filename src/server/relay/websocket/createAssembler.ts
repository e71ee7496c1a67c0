import { OPCODE, PROTOCOL_ERROR, tooLarge, type Frame, type Violation } from './frame.js';
import { framePayload } from './framePayload.js';

export interface AssembledMessage {
  readonly payload: Buffer;
  readonly isBinary: boolean;
}

/** Puts the fragments of a message together. */
export interface Assembler {
  /** @returns the message when it is whole; null while it is not; or what is wrong. */
  add(frame: Frame): AssembledMessage | Violation | null;
  /** True between messages. */
  isIdle(): boolean;
}

/** Each fragment costs memory of its own, however small it is. */
const MAX_FRAGMENTS = 1_024;

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-5.4 */
export function createAssembler(maxMessageBytes: number): Assembler {
  let parts: Buffer[] = [];
  let partBytes = 0;
  /** Of the message that has begun; null between messages. */
  let opcode: number | null = null;

  return {
    add(frame) {
      if ((frame.opcode === OPCODE.continuation) === (opcode === null)) return PROTOCOL_ERROR;
      const payload = framePayload(frame);
      if (opcode === null && frame.isFinal) return { payload, isBinary: frame.opcode === OPCODE.binary };
      opcode ??= frame.opcode;
      partBytes += payload.length;
      if (partBytes > maxMessageBytes || parts.length >= MAX_FRAGMENTS) return tooLarge(partBytes);
      // What was read may be far larger than the fragment, and would be kept with it.
      parts.push(frame.isMasked ? payload : Buffer.from(payload));
      if (!frame.isFinal) return null;
      const whole: AssembledMessage = { payload: Buffer.concat(parts, partBytes), isBinary: opcode === OPCODE.binary };
      parts = [];
      partBytes = 0;
      opcode = null;
      return whole;
    },
    isIdle: () => opcode === null,
  };
}
