/** Level of a frame in dBFS, -127 to 0: Int16Array [samples]. */
export function levelOf(frame: Int16Array): number {
  let energy = 0;
  for (let n = 0; n < frame.length; n++) energy += (frame[n] ?? 0) ** 2;
  return energy === 0 ? -127 : 10 * Math.log10(energy / frame.length / 32768 ** 2);
}
