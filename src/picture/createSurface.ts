import { AvatarError } from '../errors/AvatarError.js';
import type { PictureSize } from './fitSize.js';

/** A canvas that is never seen. */
export interface Surface {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  /** @param quality - 0 to 1; without effect on a PNG. */
  encode(format: 'png' | 'jpeg', quality: number): Promise<Blob>;
}

/**
 * Makes a surface; outside the document and, where the browser can, without one.
 * @throws AvatarError `not-ready` where there is no canvas, or none of that size.
 */
export function createSurface({ width, height }: PictureSize): Surface {
  if (typeof OffscreenCanvas === 'function') {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw noCanvas();
    return { canvas, context, encode: (format, quality) => canvas.convertToBlob({ type: `image/${format}`, quality }) };
  }
  if (typeof document === 'undefined') throw noCanvas();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw noCanvas();
  return {
    canvas,
    context,
    encode: (format, quality) =>
      new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(noCanvas())), `image/${format}`, quality);
      }),
  };
}

function noCanvas(): AvatarError {
  return new AvatarError('not-ready', {
    message: 'Pictures can be drawn only in a browser, and only as large as it allows. Give a PNG or JPEG file that needs no change, or a smaller picture.',
    retryable: false,
  });
}
