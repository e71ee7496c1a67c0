import { AvatarError } from '../errors/AvatarError.js';
import { readExifOrientation } from './readExifOrientation.js';

/** What the first bytes of a file say about the picture in it. */
export interface PictureHeader {
  readonly format: 'png' | 'jpeg';
  /** Pixels, as they are stored. */
  readonly width: number;
  /** Pixels, as they are stored. */
  readonly height: number;
  /** False where the file is to be turned or mirrored before it is shown. */
  readonly upright: boolean;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** `IHDR`, which every PNG begins with. */
const IHDR = 0x49484452;
const IHDR_BYTES = 13;

/**
 * Reads the header of a PNG or JPEG file. Nothing behind the header is looked at.
 *
 * @returns null for a file that is neither.
 * @throws AvatarError `message-invalid` for one that begins as either and is damaged.
 * @see https://www.w3.org/TR/png-3/#11IHDR
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf section B.2
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return readPng(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes, view);
  return null;
}

function readPng(view: DataView): PictureHeader {
  if (view.byteLength < 33 || view.getUint32(8) !== IHDR_BYTES || view.getUint32(12) !== IHDR) throw damaged('PNG');
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  if (!isSize(width) || !isSize(height)) throw damaged('PNG');
  return { format: 'png', width, height, upright: true };
}

function readJpeg(bytes: Uint8Array, view: DataView): PictureHeader {
  let upright = true;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (view.getUint8(at) !== 0xff) break;
    const marker = view.getUint8(at + 1);
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    // Pixels or the end before any size, or a segment that is cut off.
    if (marker === 0xd9 || marker === 0xda || length < 2 || end > bytes.length) break;
    if (marker === 0xe1) upright &&= readExifOrientation(bytes.subarray(at + 4, end)) === 1;
    if (isFrameHeader(marker)) {
      if (length < 8) break;
      const height = view.getUint16(at + 5);
      const width = view.getUint16(at + 7);
      if (!isSize(width) || !isSize(height)) break;
      return { format: 'jpeg', width, height, upright };
    }
    at = end;
  }
  throw damaged('JPEG');
}

/** SOF0 to SOF15, without the three other segments among them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isSize(pixels: number): boolean {
  return pixels > 0 && pixels <= 0x7fff_ffff;
}

function damaged(format: string): AvatarError {
  return new AvatarError('message-invalid', { message: `The picture begins as a ${format} file, but its header is damaged or cut off. Choose another file.` });
}
