/**
 * A level as the eye expects it, 0 to 1. RMS of speech stays below 0.2; the root spreads it over the whole range.
 *
 * @param rms root mean square, 0 to 1.
 */
export function loudness(rms: number): number {
  return Math.min(1, Math.sqrt(Math.max(0, rms)) * 1.8);
}
