import { systemClock, type Clock } from '../clock/clock.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createSurface } from './createSurface.js';
import type { EncodedPicture } from './EncodedPicture.js';
import { fitSize, shrinkSize, type PictureSize } from './fitSize.js';
import { isInstance } from './isInstance.js';
import { openPicture, type OpenPicture } from './openPicture.js';
import type { PictureSource } from './PictureSource.js';
import { readPictureHeader } from './readPictureHeader.js';

export interface EncodePictureOptions {
  /** Default: a file that fits keeps its own; anything else becomes `jpeg`. */
  readonly format?: 'jpeg' | 'png';
  /** Pixels. Default: as wide as it is. */
  readonly maxWidth?: number;
  /** Pixels. Default: as high as it is. */
  readonly maxHeight?: number;
  /** Of a JPEG, 0 to 1; lowered where the file would grow too large. Default 0.85. */
  readonly quality?: number;
  /** Default 240,000, which passes a relay's limit of 256 KiB with its envelope. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

interface Limits {
  readonly format: 'jpeg' | 'png' | undefined;
  readonly bounds: PictureSize;
  readonly quality: number;
  readonly maxBytes: number;
}

/** Below this a JPEG's blocks show, and fewer pixels look better. */
const MIN_QUALITY = 0.5;
const QUALITY_STEP = 0.15;
/** Of what the arithmetic says, so that the next try succeeds. */
const SCALE_MARGIN = 0.95;
/** Sixteen times fewer pixels per round at most: from any camera to a single pixel. */
const MAX_ROUNDS = 12;

/**
 * Makes a PNG or JPEG file of whatever shows a picture, small enough to be sent.
 *
 * A PNG or JPEG file that fits passes unchanged, with all that it tells of where it was taken. Anything else is drawn anew: upright,
 * in its own proportions, never enlarged, and with lower quality and then fewer pixels until it is no larger than `maxBytes`.
 *
 * @throws AvatarError `invalid-options` for what is no picture or may not be read, `not-ready` for a picture that is still to come,
 * `message-invalid` for a damaged one, `message-too-large` where `maxBytes` is out of reach
 * @example
 * ```ts
 * const [file] = fileInput.files ?? [];
 * if (file) await session.sendImage(await encodePicture(file, { maxWidth: 1280 }));
 * ```
 */
export async function encodePicture(source: PictureSource, options: EncodePictureOptions = {}, clock: Clock = systemClock): Promise<EncodedPicture> {
  const limits = readLimits(options);
  const { signal } = options;
  if (signal?.aborted) throw abortReason(signal);
  const unchanged = isInstance('Blob', source) ? await passThrough(source, limits) : null;
  if (signal?.aborted) throw abortReason(signal);
  if (unchanged) return unchanged;
  const picture = await openPicture(source, { signal, clock });
  try {
    return await encodeWithin(picture, limits, signal);
  } finally {
    picture.close();
  }
}

function readLimits({ format, maxWidth = Infinity, maxHeight = Infinity, quality = 0.85, maxBytes = 240_000 }: EncodePictureOptions): Limits {
  const isFormat = format === undefined || format === 'jpeg' || format === 'png';
  if (!isFormat || !(maxWidth >= 1) || !(maxHeight >= 1) || !(quality >= 0 && quality <= 1) || !(maxBytes >= 1)) {
    throw new AvatarError('invalid-options', {
      message: "A picture's format is 'jpeg' or 'png', its quality 0 to 1, and maxWidth, maxHeight and maxBytes are at least 1.",
    });
  }
  return { format, bounds: { width: Math.floor(maxWidth), height: Math.floor(maxHeight) }, quality, maxBytes };
}

/** The file as it is; null where it has to be drawn anew. */
async function passThrough(file: Blob, { format, bounds, maxBytes }: Limits): Promise<EncodedPicture | null> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AvatarError('message-invalid', { message: 'The file of the picture could not be read. Was it moved or changed? Choose it again.', cause });
  }
  if (bytes.length === 0) throw new AvatarError('message-invalid', { message: 'The file of the picture is empty. Choose another one.' });
  const header = readPictureHeader(bytes);
  if (!header?.upright || bytes.length > maxBytes || (format && format !== header.format)) return null;
  const { width, height } = header;
  return width <= bounds.width && height <= bounds.height ? { bytes, format: header.format, width, height } : null;
}

async function encodeWithin(picture: OpenPicture, { format = 'jpeg', bounds, quality: wanted, maxBytes }: Limits, signal?: AbortSignal): Promise<EncodedPicture> {
  let size = fitSize(picture, bounds);
  let quality = wanted;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const file = await draw(picture, size, format, quality);
    if (signal?.aborted) throw abortReason(signal);
    if (file.size <= maxBytes) return { bytes: new Uint8Array(await file.arrayBuffer()), format, ...size };
    if (size.width === 1 && size.height === 1) break;
    // Half of the bytes at most can be saved by quality alone.
    if (format === 'jpeg' && quality > MIN_QUALITY && file.size < 2 * maxBytes) quality = Math.max(MIN_QUALITY, quality - QUALITY_STEP);
    else size = shrinkSize(size, Math.max(0.25, Math.sqrt(maxBytes / file.size) * SCALE_MARGIN));
  }
  throw new AvatarError('message-too-large', { message: `The picture cannot be made as small as ${maxBytes} bytes. Allow more.`, context: { maxBytes } });
}

function draw({ image }: OpenPicture, size: PictureSize, format: 'jpeg' | 'png', quality: number): Promise<Blob> {
  const { context, encode } = createSurface(size);
  if (format === 'jpeg') {
    // A JPEG has no transparency: what shines through would be black.
    context.fillStyle = 'white';
    context.fillRect(0, 0, size.width, size.height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, size.width, size.height);
  return encode(format, quality);
}
