import type { RawData } from 'ws';
import { frameBytes } from './frameBytes.js';

/** The text of a frame. */
export function frameText(data: RawData): string {
  return frameBytes(data).toString();
}
