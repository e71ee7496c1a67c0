import { randomBytes } from 'node:crypto';
import { applyMask } from './applyMask.js';

/**
 * Writes a frame that is a whole message.
 *
 * @param isMasked true towards a server.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function encodeFrame(opcode: number, payload: string | Uint8Array, isMasked: boolean): Buffer {
  const payloadBytes = Buffer.byteLength(payload);
  const lengthBytes = payloadBytes < 126 ? 0 : payloadBytes < 65_536 ? 2 : 8;
  const payloadStart = 2 + lengthBytes + (isMasked ? 4 : 0);
  const frame = Buffer.allocUnsafe(payloadStart + payloadBytes);
  const maskedBit = isMasked ? 0x80 : 0;
  frame[0] = 0x80 | opcode;
  if (lengthBytes === 0) frame[1] = maskedBit | payloadBytes;
  else if (lengthBytes === 2) {
    frame[1] = maskedBit | 126;
    frame.writeUInt16BE(payloadBytes, 2);
  } else {
    frame[1] = maskedBit | 127;
    frame.writeBigUInt64BE(BigInt(payloadBytes), 2);
  }
  if (typeof payload === 'string') frame.write(payload, payloadStart);
  else frame.set(payload, payloadStart);
  if (isMasked) {
    const key = randomBytes(4);
    frame.set(key, payloadStart - 4);
    applyMask(frame.subarray(payloadStart), key);
  }
  return frame;
}
