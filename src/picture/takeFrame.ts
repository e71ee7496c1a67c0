import type { Clock } from '../clock/clock.js';
import { createDeferred } from '../clock/createDeferred.js';
import { withTimeout } from '../clock/withTimeout.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { OpenPicture } from './openPicture.js';

/** A camera that has just been opened takes a second or two for its first frame. */
const FRAME_TIMEOUT_MS = 5000;

/**
 * Takes the next frame of a video track. The track stays the caller's.
 * @throws AvatarError `invalid-options` for a track of sound, `not-ready` for one that gives no frame.
 */
export async function takeFrame(track: MediaStreamTrack, signal: AbortSignal | undefined, clock: Clock): Promise<OpenPicture> {
  if (track.kind !== 'video') throw new AvatarError('invalid-options', { message: 'A track of sound shows no picture. Give a video track.' });
  if (track.readyState === 'ended') throw noFrame('The video track has ended. Open the camera again.', false);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  const close = () => {
    video.pause();
    video.srcObject = null;
  };
  const shown = createDeferred();
  const onAbort = () => {
    if (signal) shown.reject(abortReason(signal));
  };
  signal?.addEventListener('abort', onAbort);
  video.addEventListener('loadeddata', () => shown.resolve(), { once: true });
  video.srcObject = new MediaStream([track]);
  try {
    // Muted video may always play; it rejects when it is closed before its first frame.
    video.play().catch(() => undefined);
    await withTimeout(shown.promise, clock, FRAME_TIMEOUT_MS, () => noFrame(`The video track gave no frame within ${FRAME_TIMEOUT_MS / 1000} s. Is the camera covered by another program?`, true));
    return { image: video, width: video.videoWidth, height: video.videoHeight, live: false, close };
  } catch (error) {
    close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function noFrame(message: string, retryable: boolean): AvatarError {
  return new AvatarError('not-ready', { message, retryable });
}
