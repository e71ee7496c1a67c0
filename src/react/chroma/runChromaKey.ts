import { createChromaKey, type ChromaKey } from './createChromaKey.js';
import { findKeyColor, parseKeyColor, type Rgb } from './keyColor.js';

export interface ChromaKeyOptions {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  /** A colour, or `remove`: whatever colour the wall has. */
  readonly background: string;
  /** True with the first picture without its wall; false when there will be no more. Not called when it cannot be done at all. */
  readonly onChange: (keyed: boolean) => void;
}

/** The wall is looked for in a picture of this size. */
const SAMPLE_PX = 32;

/**
 * Draws a video on a canvas without its wall, picture for picture. Where that cannot be done - no WebGL, no colour that can be told
 * from a person - it draws nothing, and the video is to be shown as it is.
 *
 * @returns ends it.
 */
export function runChromaKey({ video, canvas, background, onChange }: ChromaKeyOptions): () => void {
  const waitsForFrames = typeof video.requestVideoFrameCallback === 'function';
  let key: ChromaKey | null = null;
  let keyed = false;
  let request = 0;

  function next(): void {
    request = waitsForFrames ? video.requestVideoFrameCallback(draw) : requestAnimationFrame(draw);
  }

  function draw(): void {
    key ??= open();
    if (!key) return;
    const drawn = key.draw(video);
    if (drawn !== keyed) onChange((keyed = drawn));
    if (drawn) next();
  }

  function open(): ChromaKey | null {
    const color = background === 'remove' ? sample(video) : parseKeyColor(background);
    return color && createChromaKey(canvas, color);
  }

  // A frame may be there already and no other follow for a while.
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) draw();
  else next();
  return () => {
    if (waitsForFrames) video.cancelVideoFrameCallback(request);
    else cancelAnimationFrame(request);
    key?.close();
    if (keyed) onChange(false);
  };
}

function sample(video: HTMLVideoElement): Rgb | null {
  const canvas = document.createElement('canvas');
  canvas.width = SAMPLE_PX;
  canvas.height = SAMPLE_PX;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, SAMPLE_PX, SAMPLE_PX);
  return findKeyColor(context.getImageData(0, 0, SAMPLE_PX, SAMPLE_PX).data, SAMPLE_PX, SAMPLE_PX);
}
