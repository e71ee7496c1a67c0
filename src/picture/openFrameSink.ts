import { AvatarError } from '../errors/AvatarError.js';
import type { PictureSize } from './fitSize.js';

/** Turns drawn frames into a video track. */
export interface FrameSink {
  readonly track: MediaStreamTrack;
  /** Sends what the canvas shows now. */
  write(canvas: HTMLCanvasElement | OffscreenCanvas, timeMs: number): void;
}

/** Chromium's track that is written to; in no standard and in no other browser. */
type TrackGenerator = new (options: { kind: 'video' }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };

/**
 * Opens a sink: Chromium's generator, which knows nothing of hidden tabs; elsewhere a captured canvas.
 * @throws AvatarError `not-ready` where the browser has neither.
 */
export function openFrameSink(size: PictureSize, frameRate: number): FrameSink {
  const generator: unknown = Reflect.get(globalThis, 'MediaStreamTrackGenerator');
  // A function of that name is Chromium's class; TypeScript does not know it.
  return typeof generator === 'function' && typeof VideoFrame === 'function' ? generatorSink(generator as TrackGenerator) : captureSink(size, frameRate);
}

function generatorSink(Generator: TrackGenerator): FrameSink {
  const track = new Generator({ kind: 'video' });
  const writer = track.writable.getWriter();
  // It ends together with its track.
  writer.closed.catch(() => undefined);
  return {
    track,
    write(canvas, timeMs) {
      // Whoever receives is behind: the next frame shows the same or something newer.
      if (track.readyState === 'ended' || (writer.desiredSize ?? 0) <= 0) return;
      const frame = new VideoFrame(canvas, { timestamp: Math.round(timeMs * 1000) });
      writer.write(frame).catch(() => frame.close());
    },
  };
}

function captureSink({ width, height }: PictureSize, frameRate: number): FrameSink {
  const output = Object.assign(document.createElement('canvas'), { width, height });
  const context = output.getContext('2d', { alpha: false });
  const track = typeof output.captureStream === 'function' ? output.captureStream(frameRate).getVideoTracks()[0] : undefined;
  if (!context || !track) {
    throw new AvatarError('not-ready', { message: 'This browser makes no video of pictures (captureStream is missing). Use a current browser.', retryable: false });
  }
  return {
    track,
    // A captured canvas sends nothing unless it is drawn on, be it with what it shows already.
    write: (canvas) => context.drawImage(canvas, 0, 0),
  };
}
