import { createRealFft } from '../../src/turn-taking/echo/createRealFft.js';

const HOP = 160;
/** Taps of a partition: as many as leave 160 whole output samples in a transform, in whole frames. */
const TAPS = 2 * HOP;
const SIZE = 512;
const BINS = SIZE / 2 + 1;
/** Frames that are remembered: 0.64 s. */
const DEPTH = 64;

/** Convolves a stream, 160 samples at a time, with a response that may be seconds long. */
export interface EchoConvolver {
  /** `frame` Float32Array [160] to `output` Float32Array [160]. */
  process(frame: Float32Array, output: Float32Array): void;
  /** Takes another response; the change is spread over one frame. */
  change(response: Float32Array): void;
}

/** Uniformly partitioned overlap-save. */
export function createEchoConvolver(response: Float32Array): EchoConvolver {
  const fft = createRealFft(SIZE);
  let parts = partition(response);
  let next: typeof parts | null = null;
  const history = Array.from({ length: DEPTH }, () => ({ re: new Float32Array(BINS), im: new Float32Array(BINS) }));
  const input = new Float32Array(SIZE);
  const sumRe = new Float32Array(BINS);
  const sumIm = new Float32Array(BINS);
  const block = new Float32Array(SIZE);
  let newest = 0;

  function partition(whole: Float32Array) {
    return Array.from({ length: Math.min(DEPTH / 2, Math.ceil(whole.length / TAPS)) }, (_, p) => {
      const padded = new Float32Array(SIZE);
      padded.set(whole.subarray(p * TAPS, (p + 1) * TAPS));
      const spectrum = { re: new Float32Array(BINS), im: new Float32Array(BINS) };
      fft.forward(padded, spectrum.re, spectrum.im);
      return spectrum;
    });
  }
  function convolve(by: typeof parts): void {
    sumRe.fill(0);
    sumIm.fill(0);
    for (let p = 0; p < by.length; p++) {
      const h = by[p];
      const x = history[(newest - 2 * p + DEPTH) % DEPTH];
      if (!x || !h) continue;
      for (let k = 0; k < BINS; k++) {
        const xr = x.re[k] ?? 0;
        const xi = x.im[k] ?? 0;
        const hr = h.re[k] ?? 0;
        const hi = h.im[k] ?? 0;
        sumRe[k] = (sumRe[k] ?? 0) + xr * hr - xi * hi;
        sumIm[k] = (sumIm[k] ?? 0) + xr * hi + xi * hr;
      }
    }
    fft.inverse(sumRe, sumIm, block);
  }

  return {
    process(frame, output) {
      input.copyWithin(0, HOP);
      input.set(frame, SIZE - HOP);
      newest = (newest + 1) % DEPTH;
      const x = history[newest];
      if (x) fft.forward(input, x.re, x.im);
      convolve(parts);
      output.set(block.subarray(SIZE - HOP));
      if (!next) return;
      convolve(next);
      for (let i = 0; i < HOP; i++) output[i] = (output[i] ?? 0) + (i / HOP) * ((block[SIZE - HOP + i] ?? 0) - (output[i] ?? 0));
      parts = next;
      next = null;
    },
    change(whole) {
      next = partition(whole);
    },
  };
}
