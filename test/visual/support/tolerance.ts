/**
 * How far a picture may be from the committed one. Pixels that only anti-aliasing explains do not count; of the others a handful may
 * differ, which is what another patch release of Chromium does to a curve. `tolerance.test.tsx` proves both ends.
 */
export const tolerance = {
  comparatorName: 'pixelmatch' as const,
  /** Of the colour, 0 to 1. */
  threshold: 0.12,
  allowedMismatchedPixels: 40,
};
