/**
 * The rectangle of the 512x512 picture inside which the inside of the mouth is always drawn, at any sway and opening.
 * Measure a scaled video by scaling the rectangle with it.
 */
export const mouthRegion = { x: 212, y: 298, width: 88, height: 44 } as const;

/**
 * The dark of the open mouth has a luma near 26 of 255; skin, lips, teeth and tongue stay above 95.
 * The line lies between, far from both: video compression moves colour a lot and luma little, so luma alone decides.
 */
const MAX_INTERIOR_LUMA = 62;

/**
 * True for a pixel that shows the inside of the mouth. Holds inside {@link mouthRegion} only, where nothing else is as dark,
 * and also after video compression: count such pixels to measure how far the avatar's mouth is open.
 *
 * @param r - Red, 0 to 255.
 * @param g - Green, 0 to 255.
 * @param b - Blue, 0 to 255.
 */
export function isMouthInterior(r: number, g: number, b: number): boolean {
  return 0.299 * r + 0.587 * g + 0.114 * b < MAX_INTERIOR_LUMA;
}
