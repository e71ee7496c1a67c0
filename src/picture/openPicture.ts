import type { Clock } from '../clock/clock.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import { assertReadable } from './assertReadable.js';
import { isInstance } from './isInstance.js';
import type { PictureSource } from './PictureSource.js';
import { takeFrame } from './takeFrame.js';

/** A picture that can be drawn, and read again from where it was drawn. */
export interface OpenPicture {
  readonly image: CanvasImageSource;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** True where the picture may be another one when it is drawn again. */
  readonly live: boolean;
  /** Releases what was opened for it; what the caller gave stays the caller's. */
  close(): void;
}

export interface OpenPictureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly clock: Clock;
}

/**
 * Makes whatever shows a picture drawable.
 * @throws AvatarError `invalid-options`, `not-ready`, `message-invalid`
 */
export async function openPicture(source: PictureSource, { signal, clock }: OpenPictureOptions): Promise<OpenPicture> {
  const picture = await open(source, signal, clock);
  try {
    if (signal?.aborted) throw abortReason(signal);
    if (!(picture.width > 0 && picture.height > 0)) {
      throw new AvatarError('message-invalid', { message: 'The picture has no pixels: it is broken, closed, or of no size. Give one with a width and a height.' });
    }
    assertReadable(picture.image);
    return picture;
  } catch (error) {
    picture.close();
    throw error;
  }
}

async function open(source: PictureSource, signal: AbortSignal | undefined, clock: Clock): Promise<OpenPicture> {
  if (isInstance('Blob', source) || isInstance('ImageData', source)) return decode(source);
  if (isInstance('MediaStreamTrack', source)) return takeFrame(source, signal, clock);
  if (isInstance('HTMLVideoElement', source)) {
    if (source.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) throw notReady('The video shows no frame yet. Wait for its loadeddata event.');
    return still(source, source.videoWidth, source.videoHeight, true);
  }
  if (isInstance('HTMLImageElement', source)) {
    if (!source.complete) throw notReady('The image is still loading. Await its decode() first.');
    return still(source, source.naturalWidth, source.naturalHeight);
  }
  if (isInstance('VideoFrame', source)) return still(source, source.displayWidth, source.displayHeight);
  if (isInstance('ImageBitmap', source)) return still(source, source.width, source.height);
  if (isInstance('HTMLCanvasElement', source) || isInstance('OffscreenCanvas', source)) return still(source, source.width, source.height, true);
  throw new AvatarError('invalid-options', {
    message: 'That is no picture. Give a Blob or File, a canvas, an image, a video, an ImageBitmap, ImageData, a VideoFrame or a video track.',
  });
}

function still(image: CanvasImageSource, width: number, height: number, live = false): OpenPicture {
  return { image, width, height, live, close: () => undefined };
}

async function decode(source: Blob | ImageData): Promise<OpenPicture> {
  try {
    const bitmap = await createImageBitmap(source);
    return { ...still(bitmap, bitmap.width, bitmap.height), close: () => bitmap.close() };
  } catch (cause) {
    const picture = isInstance('Blob', source) ? await decodeByElement(source) : null;
    if (picture) return picture;
    throw new AvatarError('message-invalid', { message: 'This browser cannot read the picture. Give a PNG, JPEG or WebP file that is not damaged.', cause });
  }
}

/** Firefox has photographs whose Exif comes first shown by an image, but makes no bitmap of them. */
async function decodeByElement(source: Blob): Promise<OpenPicture | null> {
  if (typeof Image !== 'function') return null;
  const image = new Image();
  image.src = URL.createObjectURL(source);
  const close = () => URL.revokeObjectURL(image.src);
  try {
    await image.decode();
    return { ...still(image, image.naturalWidth, image.naturalHeight), close };
  } catch {
    close();
    return null; // whoever asked says that it cannot be read
  }
}

function notReady(message: string): AvatarError {
  return new AvatarError('not-ready', { message });
}
