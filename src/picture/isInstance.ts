/** What a page's global scope makes; Node has few of them, and old browsers lack some. */
interface Makers {
  readonly Blob: Blob;
  readonly HTMLCanvasElement: HTMLCanvasElement;
  readonly OffscreenCanvas: OffscreenCanvas;
  readonly HTMLVideoElement: HTMLVideoElement;
  readonly HTMLImageElement: HTMLImageElement;
  readonly ImageBitmap: ImageBitmap;
  readonly ImageData: ImageData;
  readonly VideoFrame: VideoFrame;
  readonly MediaStreamTrack: MediaStreamTrack;
}

/** `instanceof` for a class that may not exist where the code runs. */
export function isInstance<Name extends keyof Makers>(name: Name, value: unknown): value is Makers[Name] {
  const maker: unknown = Reflect.get(globalThis, name);
  return typeof maker === 'function' && value instanceof maker;
}
