import { onGesture } from '../../events/onGesture.js';
import type { RemoteVideo } from '../channel.js';
import type { AgoraRemoteVideoTrack } from './agoraClient.js';

/**
 * Wraps a video track. Each `attach` makes a `<video>` of its own, so one picture can be shown in several places,
 * and taking one out leaves the others running; the SDK's own `play()` can only move it.
 */
export function createRemoteVideo(track: AgoraRemoteVideoTrack): RemoteVideo {
  const mediaStreamTrack = track.getMediaStreamTrack();
  const places = new Set<HTMLVideoElement>();
  return {
    mediaStreamTrack,
    attach(container) {
      const video = document.createElement('video');
      video.autoplay = true;
      video.playsInline = true;
      // The sound comes from the audio track; a muted video is never held back by the autoplay policy.
      video.muted = true;
      video.disablePictureInPicture = false;
      Object.assign(video.style, { display: 'block', inlineSize: '100%', blockSize: '100%', objectFit: 'cover' });
      video.srcObject = new MediaStream([mediaStreamTrack]);
      container.append(video);
      places.add(video);
      let stopWaiting = () => {};
      const play = () => {
        stopWaiting();
        video.play().catch((error: unknown) => {
          // iOS refuses even muted video while it saves power. Any other failure: the element was removed while it started.
          if (video.isConnected && error instanceof Error && error.name === 'NotAllowedError') stopWaiting = onGesture(play);
        });
      };
      play();
      return () => {
        stopWaiting();
        places.delete(video);
        video.srcObject = null;
        video.remove();
      };
    },
    onNextPicture(listener) {
      const [video] = places;
      // Firefox before 132 cannot tell.
      if (!video?.requestVideoFrameCallback) return () => undefined;
      const request = video.requestVideoFrameCallback(() => listener());
      return () => video.cancelVideoFrameCallback(request);
    },
  };
}
