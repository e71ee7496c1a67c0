import { isUtf8 } from 'node:buffer';
import { NOT_UTF8, PROTOCOL_ERROR, type Violation } from './frame.js';

/** Stands for a close frame without a code. */
const NO_CODE = 1005;
/** Stands for a connection that went without a close frame. */
export const LOST = 1006;

/** The payload of a close frame. */
export function writeClosePayload(code: number, reason: string): Buffer {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code);
  payload.write(reason, 2);
  return payload;
}

/**
 * The code of a close frame, or what is wrong with it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4
 */
export function readCloseCode(payload: Buffer): number | Violation {
  if (payload.length === 0) return NO_CODE;
  if (payload.length === 1) return PROTOCOL_ERROR;
  const code = payload.readUInt16BE(0);
  const isDefined = code >= 1_000 && code <= 1_014 && code !== 1_004 && code !== NO_CODE && code !== LOST;
  if (!isDefined && !(code >= 3_000 && code <= 4_999)) return PROTOCOL_ERROR;
  return isUtf8(payload.subarray(2)) ? code : NOT_UTF8;
}
