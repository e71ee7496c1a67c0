import { BINS, FFT_SAMPLES, FRAME_SAMPLES } from './bands.js';
import type { RealFft } from './createRealFft.js';

/** Learns the way from the loudspeaker to the microphone, and takes what came that way out of the microphone's sound. */
export interface EchoFilter {
  /**
   * Takes a frame of the microphone and of what was played, delayed to stand a little before its echo; gives what is left.
   * Float32Array [160] each.
   */
  process(microphone: Float32Array, reference: Float32Array, residual: Float32Array): void;
  /** Doubts what it has learnt, so that it follows a change at once. */
  doubt(): void;
  /**
   * Forgets the way, and begins anew with another delay.
   *
   * @param read - gives the reference at the new delay of so many frames before the next one, 1 for the one before it.
   */
  realign(read: (framesAgo: number) => Float32Array): void;
  reset(): void;
}

const PARTITIONS = 12;
/** As long as an overlap-save step of 160 samples leaves room for, in whole frames. */
const TAPS = 2 * FRAME_SAMPLES;
const HISTORY = 2 * PARTITIONS;
/** How far the way is believed to stay what it is, from one frame to the next. */
const PERSISTENCE = 0.9995;
const INITIAL_DOUBT = 0.1;
/** The error fills only the last 160 of 512 samples. */
const FILL = FFT_SAMPLES / FRAME_SAMPLES;

/**
 * A partitioned-block Kalman filter in the frequency domain: 240 ms in steps of 10 ms. Its steps shrink by themselves where the
 * user or noise dominates, so that it needs no detector of double talk.
 *
 * @see Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control in hands-free telephones", 2006
 * @see Kuech, Mabande and Enzner, "State-space architecture of the partitioned-block-based acoustic echo controller", 2014
 */
export function createEchoFilter(fft: RealFft): EchoFilter {
  const spectraRe = Array.from({ length: HISTORY }, () => new Float32Array(BINS));
  const spectraIm = Array.from({ length: HISTORY }, () => new Float32Array(BINS));
  const weightsRe = Array.from({ length: PARTITIONS }, () => new Float32Array(BINS));
  const weightsIm = Array.from({ length: PARTITIONS }, () => new Float32Array(BINS));
  const doubts = Array.from({ length: PARTITIONS }, () => new Float32Array(BINS).fill(INITIAL_DOUBT));
  const nearPower = new Float32Array(BINS);
  const uncertainty = new Float32Array(BINS);
  const re = new Float32Array(BINS);
  const im = new Float32Array(BINS);
  const input = new Float32Array(FFT_SAMPLES);
  const block = new Float32Array(FFT_SAMPLES);
  let newest = 0;
  let constrained = 0;

  function take(reference: Float32Array): void {
    input.copyWithin(0, FRAME_SAMPLES);
    input.set(reference, FFT_SAMPLES - FRAME_SAMPLES);
    newest = (newest + 1) % HISTORY;
    const xRe = spectraRe[newest];
    const xIm = spectraIm[newest];
    if (xRe && xIm) fft.forward(input, xRe, xIm);
  }

  function estimate(): void {
    re.fill(0);
    im.fill(0);
    uncertainty.fill(0);
    for (let p = 0; p < PARTITIONS; p++) {
      const slot = (newest - 2 * p + HISTORY) % HISTORY;
      const xRe = spectraRe[slot];
      const xIm = spectraIm[slot];
      const wRe = weightsRe[p];
      const wIm = weightsIm[p];
      const doubt = doubts[p];
      if (!xRe || !xIm || !wRe || !wIm || !doubt) continue;
      for (let k = 0; k < BINS; k++) {
        const a = xRe[k] ?? 0;
        const b = xIm[k] ?? 0;
        const c = wRe[k] ?? 0;
        const d = wIm[k] ?? 0;
        re[k] = (re[k] ?? 0) + a * c - b * d;
        im[k] = (im[k] ?? 0) + a * d + b * c;
        uncertainty[k] = (uncertainty[k] ?? 0) + (doubt[k] ?? 0) * (a * a + b * b);
      }
    }
  }

  function learn(): void {
    for (let k = 0; k < BINS; k++) {
      const power = (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2;
      // A user who begins counts at once, one who stops a little longer.
      const before = nearPower[k] ?? 0;
      nearPower[k] = power > before ? 0.5 * (power + before) : 0.85 * before + 0.15 * power;
      uncertainty[k] = 1 / ((uncertainty[k] ?? 0) + FILL * (nearPower[k] ?? 0) + 1e-6);
    }
    for (let p = 0; p < PARTITIONS; p++) {
      const slot = (newest - 2 * p + HISTORY) % HISTORY;
      const xRe = spectraRe[slot];
      const xIm = spectraIm[slot];
      const wRe = weightsRe[p];
      const wIm = weightsIm[p];
      const doubt = doubts[p];
      if (!xRe || !xIm || !wRe || !wIm || !doubt) continue;
      for (let k = 0; k < BINS; k++) {
        const a = xRe[k] ?? 0;
        const b = xIm[k] ?? 0;
        const was = doubt[k] ?? 0;
        const step = was * (uncertainty[k] ?? 0);
        const eRe = re[k] ?? 0;
        const eIm = im[k] ?? 0;
        const c = (wRe[k] ?? 0) + step * (a * eRe + b * eIm);
        const d = (wIm[k] ?? 0) + step * (a * eIm - b * eRe);
        wRe[k] = c;
        wIm[k] = d;
        doubt[k] = PERSISTENCE * PERSISTENCE * was * (1 - (step * (a * a + b * b)) / FILL) + (1 - PERSISTENCE * PERSISTENCE) * (c * c + d * d) + 1e-9;
      }
    }
  }

  /** Keeps a partition's response to its own taps; one partition a frame is enough. */
  function constrain(): void {
    constrained = (constrained + 1) % PARTITIONS;
    const wRe = weightsRe[constrained];
    const wIm = weightsIm[constrained];
    if (!wRe || !wIm) return;
    fft.inverse(wRe, wIm, block);
    block.fill(0, TAPS);
    fft.forward(block, wRe, wIm);
  }

  function forget(): void {
    for (const weights of weightsRe) weights.fill(0);
    for (const weights of weightsIm) weights.fill(0);
    for (const doubt of doubts) doubt.fill(INITIAL_DOUBT);
    nearPower.fill(0);
  }

  return {
    process(microphone, reference, residual) {
      take(reference);
      estimate();
      fft.inverse(re, im, block);
      for (let i = 0; i < FRAME_SAMPLES; i++) residual[i] = (microphone[i] ?? 0) - (block[FFT_SAMPLES - FRAME_SAMPLES + i] ?? 0);
      block.fill(0, 0, FFT_SAMPLES - FRAME_SAMPLES);
      block.set(residual, FFT_SAMPLES - FRAME_SAMPLES);
      fft.forward(block, re, im);
      learn();
      constrain();
    },
    doubt() {
      for (const doubt of doubts) for (let k = 0; k < BINS; k++) doubt[k] = Math.max(doubt[k] ?? 0, 0.1 * INITIAL_DOUBT);
    },
    realign(read) {
      forget();
      for (let ago = HISTORY + 3; ago >= 1; ago--) take(read(ago));
    },
    reset() {
      forget();
      for (const spectrum of spectraRe) spectrum.fill(0);
      for (const spectrum of spectraIm) spectrum.fill(0);
      input.fill(0);
    },
  };
}
