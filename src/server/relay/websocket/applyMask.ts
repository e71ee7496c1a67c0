/**
 * Masks bytes in place, or takes the mask off.
 *
 * @param key four bytes.
 */
export function applyMask(bytes: Buffer, key: Uint8Array): Buffer {
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (key[at & 3] ?? 0);
  return bytes;
}
