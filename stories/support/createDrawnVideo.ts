import type { RemoteVideo } from '../../src/channel/channel.js';
import { isStill } from './isStill.js';

const SIZE_PX = 512;
/** A moment with open eyes and a word in the mouth. */
const STILL_MS = 1_000;

export interface DrawnVideoOptions {
  /** Default: a painted one of many colours. */
  readonly wall?: string;
  /** After how long it stands still. Milliseconds; default never. */
  readonly stopsAfterMs?: number;
}

/** A picture for stories that need one: a drawn face as a real video track, without network. */
export function createDrawnVideo({ wall, stopsAfterMs = Infinity }: DrawnVideoOptions = {}): RemoteVideo {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE_PX;
  canvas.height = SIZE_PX;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  drawFace(context, 0, wall);
  const [mediaStreamTrack] = canvas.captureStream(25).getVideoTracks();
  if (!mediaStreamTrack) throw new Error('This browser cannot capture a canvas.');

  return {
    mediaStreamTrack,
    attach(container) {
      const video = document.createElement('video');
      video.muted = true;
      video.autoplay = true;
      video.playsInline = true;
      video.srcObject = new MediaStream([mediaStreamTrack]);
      container.append(video);
      video.play().catch(() => undefined);
      const beganMs = performance.now();
      // A captured canvas sends nothing unless it is drawn.
      let request = requestAnimationFrame(function draw(timeMs) {
        drawFace(context, isStill() ? STILL_MS : timeMs, wall);
        if (performance.now() - beganMs < stopsAfterMs) request = requestAnimationFrame(draw);
      });
      return () => {
        cancelAnimationFrame(request);
        video.srcObject = null;
        video.remove();
      };
    },
  };
}

function drawFace(context: CanvasRenderingContext2D, timeMs: number, plainWall?: string): void {
  const ellipse = (x: number, y: number, rx: number, ry: number, fill: string): void => {
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fill();
  };
  const wall = context.createLinearGradient(0, 0, SIZE_PX, SIZE_PX);
  wall.addColorStop(0, '#f0d9c0');
  wall.addColorStop(1, isStill() ? '#f0d9c0' : '#7e9cb5');
  context.fillStyle = plainWall ?? wall;
  context.fillRect(0, 0, SIZE_PX, SIZE_PX);

  const sway = Math.sin(timeMs / 1100) * 3;
  const mouth = 5 + Math.abs(Math.sin(timeMs / 140) * Math.sin(timeMs / 610)) * 17;
  ellipse(256 + sway, 262, 128, 158, '#3b2a26');
  ellipse(256, 560, 190, 170, '#22506b');
  ellipse(256, 392, 48, 62, '#d79f80');
  ellipse(256 + sway, 256, 98, 122, '#e8b497');
  ellipse(256 + sway, 160, 104, 46, '#3b2a26');
  for (const side of [-1, 1]) {
    ellipse(256 + sway + side * 38, 244, 15, timeMs % 3700 < 130 ? 2 : 11, '#ffffff');
    ellipse(256 + sway + side * 38, 245, 7, timeMs % 3700 < 130 ? 1 : 7, '#2a2a33');
  }
  ellipse(256 + sway, 320, 25, mouth, '#7d2f34');
}
