import type { Face, FacePose } from '../face/createFace.js';
import type { Webrtc } from '../webrtc/loadWebrtc.js';

/** A video track that shows a face. */
export interface Camera {
  readonly track: MediaStreamTrack;
  /** Draws one picture and sends it. */
  shoot(pose: FacePose): void;
  close(): void;
}

/** Makes a camera in front of a face. Buffers are made once: a picture is a megabyte, 25 times a second. */
export function createCamera(webrtc: Webrtc, face: Face): Camera {
  const { width, height } = face;
  const source = new webrtc.nonstandard.RTCVideoSource();
  const track = source.createTrack();
  const picture = { width, height, data: new Uint8Array((width * height * 3) / 2) };
  return {
    track,
    shoot(pose) {
      webrtc.nonstandard.rgbaToI420({ width, height, data: face.render(pose) }, picture);
      source.onFrame(picture);
    },
    close: () => track.stop(),
  };
}
