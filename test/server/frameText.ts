import type { RawData } from 'ws';

/** The text of a frame, in whichever of its three forms `ws` hands it over. */
export function frameText(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString();
}
