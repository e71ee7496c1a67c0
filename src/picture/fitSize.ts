/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The largest size of the same shape that lies within the bounds; never larger than it is. Whole pixels, at least 1. */
export function fitSize({ width, height }: PictureSize, bounds: PictureSize): PictureSize {
  const factor = Math.min(1, bounds.width / width, bounds.height / height);
  const scaled = (pixels: number) => Math.max(1, Math.round(pixels * factor));
  return { width: scaled(width), height: scaled(height) };
}

/** The size times `factor` below 1. Whole pixels, always fewer until they are 1. */
export function shrinkSize({ width, height }: PictureSize, factor: number): PictureSize {
  const scaled = (pixels: number) => Math.max(1, Math.floor(pixels * factor));
  return { width: scaled(width), height: scaled(height) };
}
