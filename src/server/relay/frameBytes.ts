import type { RawData } from 'ws';

/** The bytes of a frame, in whichever of its three forms `ws` hands it over. */
export function frameBytes(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
