import { Buffer } from 'node:buffer';
import type { RawData } from 'ws';

/** Text of a received frame. `ws` gives one Buffer unless it is told otherwise; its type allows for the other cases. */
export function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString();
}
