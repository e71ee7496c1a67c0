import { systemClock, type Clock } from '../clock/clock.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createSurface } from './createSurface.js';
import { fitSize, type PictureSize } from './fitSize.js';
import { openFrameSink } from './openFrameSink.js';
import { openPicture, type OpenPicture } from './openPicture.js';
import type { PictureSource } from './PictureSource.js';
import { startTicker } from './startTicker.js';

/** Draws one frame; called at the track's frame rate. What is not drawn over is still there from the frame before. */
export type DrawFrame = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, frame: PictureSize & { readonly timeMs: number }) => void;

export interface PictureTrackOptions {
  /** Frames a second, 1 to 60. Default 15. */
  readonly frameRate?: number;
  /** Pixels of every frame, even. Default: the first picture's own, at most 1280; 640 for a function. */
  readonly width?: number;
  /** Pixels of every frame, even. Default: the first picture's own, at most 720; 360 for a function. */
  readonly height?: number;
  /** Gives up the first picture. */
  readonly signal?: AbortSignal;
}

/** A video track that shows what it is told to. */
export interface PictureTrack {
  readonly track: MediaStreamTrack;
  /**
   * Shows something else, in the middle and in its own proportions; the frames stay as large as they are. A canvas and a video go on
   * being looked at, anything else is looked at once. The last call wins.
   * @throws AvatarError as {@link createPictureTrack}
   */
  show(next: PictureSource | DrawFrame): Promise<void>;
  /** Ends the track and releases everything. Idempotent. */
  stop(): void;
}

const LARGEST: PictureSize = { width: 1280, height: 720 };
const OF_A_FUNCTION: PictureSize = { width: 640, height: 360 };

/**
 * Makes a live video track of a picture, a canvas, or a function that draws. Frames keep coming from a picture that never changes:
 * without them a room takes the sender for gone.
 *
 * In a hidden tab the frames go on in Chromium. Other browsers hold a captured canvas back there, and call a page's timers once a
 * second where its Content-Security-Policy forbids a Worker from `blob:`.
 *
 * @throws AvatarError `invalid-options`, `not-ready`, `message-invalid` as `encodePicture`
 * @example
 * ```ts
 * const slides = await createPictureTrack(firstSlide, { width: 1280, height: 720 });
 * const unpublish = await channel.publish(slides.track);
 * await slides.show(nextSlide);
 * ```
 */
export async function createPictureTrack(source: PictureSource | DrawFrame, options: PictureTrackOptions = {}, clock: Clock = systemClock): Promise<PictureTrack> {
  const { frameRate = 15, width, height, signal } = options;
  if (!(frameRate >= 1 && frameRate <= 60)) throw invalid('The frame rate of a picture track is 1 to 60 a second.');
  for (const pixels of [width, height]) {
    if (pixels !== undefined && !(pixels >= 2 && pixels <= 4096 && pixels % 2 === 0)) throw invalid('The width and height of a picture track are even numbers of pixels, 2 to 4096.');
  }
  if (signal?.aborted) throw abortReason(signal);

  const first = await open(source, signal);
  const own = even(typeof first === 'function' ? OF_A_FUNCTION : fitSize(first, LARGEST));
  const size = { width: width ?? own.width, height: height ?? own.height };
  const { canvas, context } = createSurface(size);
  const beganMs = clock.now();
  let shown: DrawFrame = () => undefined;
  let close = () => {};
  let showCount = 0;
  let stopped = false;

  function open(next: PictureSource | DrawFrame, signal?: AbortSignal): Promise<OpenPicture> | DrawFrame {
    return typeof next === 'function' ? next : openPicture(next, { signal, clock });
  }

  /** Puts it on the surface; from then on it is drawn again only where it may have changed. */
  function put(next: OpenPicture | DrawFrame): void {
    close();
    close = () => {};
    context.fillStyle = 'black';
    context.fillRect(0, 0, size.width, size.height);
    if (typeof next === 'function') {
      shown = next;
    } else if (next.live) {
      shown = () => drawCentred(next);
      close = next.close;
    } else {
      shown = () => undefined;
      drawCentred(next);
      next.close();
    }
  }

  function drawCentred({ image, ...its }: OpenPicture): void {
    const factor = Math.min(size.width / its.width, size.height / its.height);
    const [w, h] = [its.width * factor, its.height * factor];
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, (size.width - w) / 2, (size.height - h) / 2, w, h);
  }

  put(first);
  const { track, write } = openFrameSink(size, frameRate);
  function tick(): void {
    // Whoever was given the track may have ended it.
    if (track.readyState === 'ended') return stop();
    const timeMs = clock.now() - beganMs;
    try {
      shown(context, { ...size, timeMs });
    } finally {
      write(canvas, timeMs);
    }
  }
  const stopTicker = startTicker({ intervalMs: 1000 / frameRate, onTick: tick, clock });
  tick();

  function stop(): void {
    stopped = true;
    stopTicker();
    track.stop();
    close();
    close = () => {};
  }

  return {
    track,
    stop,
    async show(next) {
      const call = ++showCount;
      const opened = await open(next);
      if (!stopped && call === showCount) put(opened);
      else if (typeof opened !== 'function') opened.close();
    },
  };
}

function even({ width, height }: PictureSize): PictureSize {
  // Encoders take chroma for two by two pixels.
  const rounded = (pixels: number) => Math.max(2, pixels - (pixels % 2));
  return { width: rounded(width), height: rounded(height) };
}

function invalid(message: string): AvatarError {
  return new AvatarError('invalid-options', { message });
}
