import type { Clock } from '../../clock/clock.js';

export interface WatchFramesOptions {
  readonly clock: Clock;
  /** A picture that has stood still for so long is told. */
  readonly frozenAfterMs: number;
  /** Told of every change; a picture is taken to move at first. */
  readonly onChange: (frozen: boolean) => void;
}

/** How often it looks. Frames themselves are many: one a look is asked for. */
const LOOK_MS = 500;

/**
 * Tells when a video stands still, and at once when it moves again. A page or an element that nobody sees gets no frames
 * and counts as moving. In a browser that tells nothing of frames nothing is told.
 *
 * @returns ends the watch.
 */
export function watchFrames(video: HTMLVideoElement, { clock, frozenAfterMs, onChange }: WatchFramesOptions): () => void {
  const tells = typeof video.requestVideoFrameCallback === 'function';
  let movedMs = clock.now();
  let request: number | null = null;
  let frames = 0;
  let frozen = false;
  let cancelLook = () => {};

  function move(): void {
    movedMs = clock.now();
    if (frozen) onChange((frozen = false));
  }

  function look(): void {
    // By the count as well: for a video that is scrolled away no frame is reported, although they come.
    const counted = countFrames(video);
    if (counted > frames || isUnseen(video)) move();
    frames = counted;
    if (!frozen && (tells || frames > 0) && clock.now() - movedMs >= frozenAfterMs) onChange((frozen = true));
    if (tells && request === null) {
      request = video.requestVideoFrameCallback(() => {
        request = null;
        move();
      });
    }
    cancelLook = clock.schedule(look, LOOK_MS);
  }

  look();
  return () => {
    cancelLook();
    if (request !== null) video.cancelVideoFrameCallback(request);
  };
}

function countFrames(video: HTMLVideoElement): number {
  return typeof video.getVideoPlaybackQuality === 'function' ? video.getVideoPlaybackQuality().totalVideoFrames : 0;
}

function isUnseen(video: HTMLVideoElement): boolean {
  return video.ownerDocument.hidden || (typeof video.checkVisibility === 'function' && !video.checkVisibility());
}
