export interface FrameOptions {
  readonly opcode?: number;
  readonly payload?: string | Uint8Array;
  readonly isFinal?: boolean;
  readonly isMasked?: boolean;
  /** The three reserved bits, 0..7. */
  readonly reserved?: number;
  /** What the header says, whatever the payload is; forces the 64 bit form. */
  readonly claimedLength?: bigint;
}

/** A WebSocket frame, as wrong as it is asked to be. The mask is zero, so that the payload stands as it is. */
export function frame({ opcode = 1, payload = '', isFinal = true, isMasked = true, reserved = 0, claimedLength }: FrameOptions = {}): Buffer {
  const body = Buffer.from(payload);
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  return Buffer.concat([Buffer.from([first, ...lengthBytes(body.length, isMasked ? 0x80 : 0, claimedLength)]), Buffer.alloc(isMasked ? 4 : 0), body]);
}

function lengthBytes(length: number, maskBit: number, claimed: bigint | undefined): number[] {
  if (claimed === undefined && length < 126) return [maskBit | length];
  if (claimed === undefined && length < 65_536) return [maskBit | 126, length >> 8, length & 0xff];
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(claimed ?? BigInt(length));
  return [maskBit | 127, ...bytes];
}

export interface ReadFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** The whole frames at the beginning of what a server sent, which masks nothing. */
export function readFrames(bytes: Buffer): ReadFrame[] {
  const frames: ReadFrame[] = [];
  for (let offset = 0; offset + 2 <= bytes.length; ) {
    const short = bytes.readUInt8(offset + 1) & 0x7f;
    const headerLength = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (offset + headerLength > bytes.length) break;
    const length = short === 126 ? bytes.readUInt16BE(offset + 2) : short === 127 ? Number(bytes.readBigUInt64BE(offset + 2)) : short;
    if (offset + headerLength + length > bytes.length) break;
    frames.push({ opcode: bytes.readUInt8(offset) & 0x0f, payload: bytes.subarray(offset + headerLength, offset + headerLength + length) });
    offset += headerLength + length;
  }
  return frames;
}
