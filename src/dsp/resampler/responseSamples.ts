/** Length of the filter, in samples of the lower of the two rates. */
export const FILTER_LENGTH = 40;

/**
 * The filter's frequency response at multiples of 1/40 of the lower rate: at 16 kHz, of 400 Hz. Printed by
 * `scripts/designResamplerFilter.mjs`, which finds those with the least error: within 0.01 dB up to 7/16 of the lower rate and
 * below -104 dB from 9/16.
 */
export const RESPONSE_SAMPLES: readonly number[] = [
  1, 1.000821958, 0.999179581, 1.000745978, 0.99936492, 1.00048888, 0.999668719, 1.000166186, 1.000007881, 0.999819875, 1.000330509, 0.999531813,
  1.000578095, 0.99934364, 1.000699544, 0.999301387, 1.000586639, 1.000131052, 0.972219647, 0.719100625, 0.2918823, 0.046248303, 0.001169675,
  0.000005725, 0.000003451, -0.000005725, 0.000004418, -0.000002734, 0.000001587,
];
