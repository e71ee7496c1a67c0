import { BINS, FFT_SAMPLES, FRAME_SAMPLES, bandPowers } from './bands.js';
import type { RealFft } from './createRealFft.js';

/** What a signal holds in each band, ten milliseconds after ten milliseconds. */
export interface BandAnalyser {
  /** Takes a frame, Float32Array [160], and fills `powers`, Float32Array [15]; a full-scale sine gives about 1 in its band. */
  push(frame: Float32Array, powers: Float32Array): void;
  reset(): void;
}

/** Long enough to hold two periods of a deep voice; longer ones would be late. */
const WINDOW_SAMPLES = 400;

/** Makes an analyser that looks at the latest 25 ms. It borrows the transform, which keeps nothing between calls. */
export function createBandAnalyser(fft: RealFft): BandAnalyser {
  const past = new Float32Array(WINDOW_SAMPLES);
  const block = new Float32Array(FFT_SAMPLES);
  const real = new Float32Array(BINS);
  const imaginary = new Float32Array(BINS);
  const window = Float32Array.from({ length: WINDOW_SAMPLES }, (_, i) => (1 - Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW_SAMPLES)) / 100);

  return {
    push(frame, powers) {
      past.copyWithin(0, FRAME_SAMPLES);
      past.set(frame, WINDOW_SAMPLES - FRAME_SAMPLES);
      for (let i = 0; i < WINDOW_SAMPLES; i++) block[i] = (past[i] ?? 0) * (window[i] ?? 0);
      fft.forward(block, real, imaginary);
      bandPowers(real, imaginary, powers);
    },
    reset() {
      past.fill(0);
    },
  };
}
