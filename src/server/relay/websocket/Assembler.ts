import { OPCODE, PROTOCOL_ERROR, tooLarge, type Frame, type Violation } from './frame.js';
import { framePayload } from './framePayload.js';

export interface AssembledMessage {
  readonly payload: Buffer;
  readonly isBinary: boolean;
}

/** Each fragment costs memory of its own, however small it is. */
const MAX_FRAGMENTS = 1_024;

/**
 * Puts the fragments of a message together.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.4
 */
export class Assembler {
  private parts: Buffer[] = [];
  private partBytes = 0;
  /** Of the message that has begun; null between messages. */
  private opcode: number | null = null;

  constructor(private readonly maxMessageBytes: number) {}

  /** True between messages. */
  isIdle(): boolean {
    return this.opcode === null;
  }

  /** @returns the message when it is whole; null while it is not; or what is wrong. */
  add(frame: Frame): AssembledMessage | Violation | null {
    if ((frame.opcode === OPCODE.continuation) === this.isIdle()) return PROTOCOL_ERROR;
    const payload = framePayload(frame);
    if (this.opcode === null && frame.isFinal) return { payload, isBinary: frame.opcode === OPCODE.binary };
    this.opcode ??= frame.opcode;
    this.partBytes += payload.length;
    if (this.partBytes > this.maxMessageBytes || this.parts.length >= MAX_FRAGMENTS) return tooLarge(this.partBytes);
    // What was read may be far larger than the fragment, and would be kept with it.
    this.parts.push(frame.isMasked ? payload : Buffer.from(payload));
    if (!frame.isFinal) return null;
    const whole: AssembledMessage = { payload: Buffer.concat(this.parts, this.partBytes), isBinary: this.opcode === OPCODE.binary };
    this.parts = [];
    this.partBytes = 0;
    this.opcode = null;
    return whole;
  }
}
