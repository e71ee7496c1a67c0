import type { Frame } from './frame.js';
import { applyMask } from './applyMask.js';

/** The payload of a frame as its sender meant it. A copy where it is masked. */
export function framePayload({ bytes, payloadStart, end, isMasked }: Frame): Buffer {
  const payload = bytes.subarray(payloadStart, end);
  return isMasked ? applyMask(Buffer.from(payload), bytes.subarray(payloadStart - 4, payloadStart)) : payload;
}
