import { PROTOCOL_ERROR, tooLarge, type Frame, type Violation } from './frame.js';

export interface FrameReaderOptions {
  /** Frames of a client must be masked, those of a server must not. */
  readonly isMasked: boolean;
  /** A larger frame is refused as soon as its header has come. */
  readonly maxPayloadBytes: number;
}

export interface FrameSink {
  /** Gets each frame that is whole by now. @returns whether more is wanted; what is left is forgotten when not. */
  onFrame(frame: Frame): boolean;
}

const FIN = 0x80;
const RESERVED_BITS = 0x70;
const MASKED = 0x80;
const MIN_HEADER_BYTES = 2;
const MAX_CONTROL_PAYLOAD_BYTES = 125;
const TWO_POW_32 = 0x1_0000_0000;

/**
 * Finds frames in a stream of bytes. Copies only a frame that came in pieces.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export class FrameReader {
  /** The mask bit that each frame must have. */
  private readonly maskBit: number;
  private readonly maxPayloadBytes: number;
  /** The frame that is still coming, in a buffer of just its size as far as that is known; null between frames. */
  private partial: Buffer | null = null;
  private filledBytes = 0;

  constructor({ isMasked, maxPayloadBytes }: FrameReaderOptions) {
    this.maskBit = isMasked ? MASKED : 0;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * Reads on.
   *
   * @returns what is wrong with the stream; null while it is sound. Nothing may be read after a violation.
   */
  read(chunk: Buffer, sink: FrameSink): Violation | null {
    let at = 0;
    while (at < chunk.length || this.partial !== null) {
      if (this.partial === null) {
        const size = this.measure(chunk, at, chunk.length);
        if (typeof size !== 'number') return size;
        if (size <= chunk.length - at) {
          if (!sink.onFrame(frameAt(chunk, at, size))) return null;
          at += size;
          continue;
        }
        this.partial = Buffer.allocUnsafe(size);
        this.filledBytes = 0;
        this.fill(this.partial, chunk, at);
        return null;
      }

      const whole = this.partial;
      at += this.fill(whole, chunk, at);
      if (this.filledBytes < whole.length) return null;
      const size = this.measure(whole, 0, this.filledBytes);
      if (typeof size !== 'number') return size;
      if (size > whole.length) {
        // So far it was the header, or a part of that.
        this.partial = Buffer.allocUnsafe(size);
        whole.copy(this.partial);
        continue;
      }
      this.partial = null;
      if (!sink.onFrame(frameAt(whole, 0, size))) return null;
    }
    return null;
  }

  /** How long the frame at `at` is, or its header as long as that is not whole; or what is wrong with it. */
  private measure(bytes: Buffer, at: number, end: number): number | Violation {
    if (end - at < MIN_HEADER_BYTES) return MIN_HEADER_BYTES;
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    const opcode = first & 0x0f;
    const lengthCode = second & 0x7f;
    if ((first & RESERVED_BITS) !== 0 || (second & MASKED) !== this.maskBit) return PROTOCOL_ERROR;
    if (opcode > 10 || (opcode > 2 && opcode < 8)) return PROTOCOL_ERROR;
    if (opcode >= 8 && ((first & FIN) === 0 || lengthCode > MAX_CONTROL_PAYLOAD_BYTES)) return PROTOCOL_ERROR;

    const headerBytes = headerLength(second);
    if (end - at < headerBytes) return headerBytes;
    let payloadBytes = lengthCode;
    if (lengthCode === 126) payloadBytes = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    else if (lengthCode === 127) payloadBytes = bytes.readUInt32BE(at + 2) * TWO_POW_32 + bytes.readUInt32BE(at + 6);
    return payloadBytes > this.maxPayloadBytes ? tooLarge(payloadBytes) : headerBytes + payloadBytes;
  }

  /** Takes what the frame in `partial` still lacks out of a chunk. @returns how many bytes that were. */
  private fill(into: Buffer, chunk: Buffer, at: number): number {
    const copied = chunk.copy(into, this.filledBytes, at);
    this.filledBytes += copied;
    return copied;
  }
}

function headerLength(second: number): number {
  const lengthCode = second & 0x7f;
  const lengthBytes = lengthCode < 126 ? 0 : lengthCode === 126 ? 2 : 8;
  return MIN_HEADER_BYTES + lengthBytes + ((second & MASKED) === 0 ? 0 : 4);
}

function frameAt(bytes: Buffer, start: number, size: number): Frame {
  const first = bytes[start] ?? 0;
  const second = bytes[start + 1] ?? 0;
  return {
    opcode: first & 0x0f,
    isFinal: (first & FIN) !== 0,
    isMasked: (second & MASKED) !== 0,
    bytes,
    start,
    payloadStart: start + headerLength(second),
    end: start + size,
  };
}
