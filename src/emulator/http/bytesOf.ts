import { Buffer } from 'node:buffer';
import type { RawData } from 'ws';

/** Bytes of a received frame. `ws` gives one Buffer unless it is told otherwise; its type allows for the other cases. */
export function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
