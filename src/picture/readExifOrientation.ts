/** `Exif`, and then two zeros. */
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/**
 * Reads how a camera was held, out of the APP1 segment of a JPEG file.
 *
 * @param segment - bytes behind the segment's length.
 * @returns 1 for upright, 2 to 8 as Exif counts; 1 as well where the segment does not say, or cannot be read: viewers do the same.
 * @see https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf section 4.6.4
 */
export function readExifOrientation(segment: Uint8Array): number {
  if (!EXIF.every((byte, i) => segment[i] === byte)) return 1;
  const tiff = new DataView(segment.buffer, segment.byteOffset + EXIF.length, segment.byteLength - EXIF.length);
  if (tiff.byteLength < 8) return 1;
  const littleEndian = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, littleEndian);
  if (directory + 2 > tiff.byteLength) return 1;
  const entryCount = tiff.getUint16(directory, littleEndian);
  for (let i = 0; i < entryCount; i++) {
    const entry = directory + 2 + i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > tiff.byteLength) return 1;
    if (tiff.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
    const orientation = tiff.getUint16(entry + 8, littleEndian);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}
