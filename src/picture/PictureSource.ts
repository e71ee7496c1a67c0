/** Whatever shows a picture in a browser. A `MediaStreamTrack` must carry video; of it and of a video the present frame is taken. */
export type PictureSource =
  | Blob
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLVideoElement
  | HTMLImageElement
  | ImageBitmap
  | ImageData
  | VideoFrame
  | MediaStreamTrack;
