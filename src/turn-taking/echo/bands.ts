/** Samples of a frame: 10 ms at 16 kHz. */
export const FRAME_SAMPLES = 160;
/** Samples of a transform. */
export const FFT_SAMPLES = 512;
export const BINS = FFT_SAMPLES / 2 + 1;

/** First bin of each band and, last, the end of the highest: 190 Hz to 6.2 kHz, about as wide as the ear's. */
const EDGES = Uint16Array.of(6, 9, 12, 16, 20, 25, 31, 38, 47, 58, 71, 87, 107, 131, 161, 198);
export const BANDS = EDGES.length - 1;

/** Mean power of the bins of each band. `powers` is Float32Array [15]. */
export function bandPowers(real: Float32Array, imaginary: Float32Array, powers: Float32Array): void {
  for (let band = 0; band < BANDS; band++) {
    const end = EDGES[band + 1] ?? 0;
    const start = EDGES[band] ?? 0;
    let sum = 0;
    for (let bin = start; bin < end; bin++) {
      const re = real[bin] ?? 0;
      const im = imaginary[bin] ?? 0;
      sum += re * re + im * im;
    }
    powers[band] = sum / (end - start);
  }
}
