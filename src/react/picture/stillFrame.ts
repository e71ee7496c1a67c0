/** True when the element has something to show. */
export function hasFrame(video: HTMLVideoElement | null): video is HTMLVideoElement {
  return video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

/** Copies what the `<video>` inside `mount` shows. @returns false when there is nothing to copy. */
export function copyFrame(mount: HTMLElement, still: HTMLCanvasElement | null): boolean {
  const video = mount.querySelector('video');
  const context = still?.getContext('2d');
  if (!hasFrame(video) || !still || !context) return false;
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  context.drawImage(video, 0, 0);
  return true;
}
