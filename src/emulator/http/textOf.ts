import type { RawData } from 'ws';
import { bytesOf } from './bytesOf.js';

/** Text of a received frame. */
export function textOf(data: RawData): string {
  return bytesOf(data).toString();
}
