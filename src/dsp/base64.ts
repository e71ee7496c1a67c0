/** Characters are made in slices: one call with every byte as an argument overflows the stack on long audio. */
const SLICE_BYTES = 8192;

/** Base64 of the samples' bytes, little-endian as every platform that runs a browser stores them. */
export function int16ToBase64(samples: Int16Array): string {
  return bytesToBase64(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
}

/** Bytes of a base64 text. @throws DOMException when it is not base64. */
export function base64ToBytes(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Base64 of bytes. */
export function bytesToBase64(bytes: Uint8Array): string {
  if (hasOwnBase64(bytes)) return bytes.toBase64();
  let binary = '';
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) binary += textOf(bytes.subarray(start, start + SLICE_BYTES));
  return btoa(binary);
}

/** Chromium 140, Firefox 133, Safari 18.2: no text in between. */
function hasOwnBase64(bytes: Uint8Array): bytes is Uint8Array & { toBase64(): string } {
  return 'toBase64' in bytes;
}

function textOf(bytes: Uint8Array): string {
  // Spread, the bytes would be walked by an iterator, which takes ten times as long; a typed array is as good a list as any.
  return String.fromCharCode.apply(null, bytes as unknown as number[]); // as said above
}
