/** Red, green and blue, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Colourfulness below which a wall cannot be told from a white shirt, grey hair or the white of an eye. */
const MIN_CHROMA = 0.15;
/** Two colours as near as this are one wall, lit unevenly. */
const SAME_CHROMA = 0.1;
/** Of the picture's edge, how much has to be wall: a shoulder or a hat may stand out. */
const MIN_SHARE = 0.7;

/** Where a colour lies in the plane of blue and red differences (BT.601): what it is, whatever its brightness. */
export function chromaOf([red, green, blue]: Rgb): readonly [number, number] {
  return [-0.168736 * red - 0.331264 * green + 0.5 * blue, 0.5 * red - 0.418688 * green - 0.081312 * blue];
}

/** A colour that can be removed from a picture, or null: `#rgb` and `#rrggbb` that are colourful enough. */
export function parseKeyColor(text: string): Rgb | null {
  const digits = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(text.trim());
  const hex = digits?.[2] ?? [...(digits?.[1] ?? '')].map((digit) => digit + digit).join('');
  if (hex === '') return null;
  const value = Number.parseInt(hex, 16);
  return keyable([(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]);
}

/**
 * The colour of the wall behind whoever is in the picture: what most of its upper edge has; null where that is no one colour, or none
 * that can be told from a person.
 *
 * @param pixels RGBA, rows from the top.
 */
export function findKeyColor(pixels: Uint8ClampedArray, width: number, height: number): Rgb | null {
  const edge: Rgb[] = [];
  const add = (x: number, y: number): void => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray((y * width + x) * 4);
    edge.push([red / 255, green / 255, blue / 255]);
  };
  for (let x = 0; x < width; x++) add(x, 0);
  for (let y = 1; y < height / 2; y++) [0, width - 1].forEach((x) => add(x, y));
  const wall: Rgb = [median(edge.map(([red]) => red)), median(edge.map(([, green]) => green)), median(edge.map(([, , blue]) => blue))];
  const alike = edge.filter((color) => distance(chromaOf(color), chromaOf(wall)) < SAME_CHROMA).length;
  return alike >= edge.length * MIN_SHARE ? keyable(wall) : null;
}

function keyable(color: Rgb): Rgb | null {
  return Math.hypot(...chromaOf(color)) >= MIN_CHROMA ? color : null;
}

function distance(first: readonly [number, number], second: readonly [number, number]): number {
  return Math.hypot(first[0] - second[0], first[1] - second[1]);
}

function median(values: readonly number[]): number {
  return [...values].sort((first, second) => first - second)[values.length >> 1] ?? 0;
}
