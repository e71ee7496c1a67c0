/**
 * The first half of the only row of a whole-number ratio, its middle halved. Coefficients k and rowLength - 2 - k are equal, and the
 * last one is 0: a kernel adds their samples before it multiplies, and adds the middle sample to itself.
 *
 * @returns Float32Array [rowLength / 2], a multiple of 4.
 */
export function foldRow(rows: Float32Array, rowLength: number): Float32Array {
  const folded = rows.slice(0, rowLength / 2);
  const middle = folded.length - 1;
  folded[middle] = (folded[middle] ?? 0) / 2;
  return folded;
}
