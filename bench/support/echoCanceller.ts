import { createRealFft } from '../../src/turn-taking/echo/createRealFft.js';
import type { EchoRandom } from './echoRandom.js';

const HOP = 160;
const WINDOW = 320;
const SIZE = 512;
const BINS = SIZE / 2 + 1;
const BANDS = 12;

/** Stands in for a browser's echo canceller. */
export interface EchoCanceller {
  /** Replaces echo and near end, Float32Array [160] each, by what is left of them; one frame late. */
  process(echo: Float32Array, near: Float32Array): void;
  /** It must find the path anew: it suppresses almost nothing for a second or two. */
  diverge(): void;
}

/** Suppresses 10 to 25 dB, by band and time, and ducks the near end where echo dominates. */
export function createEchoCanceller(random: EchoRandom): EchoCanceller {
  const fft = createRealFft(SIZE);
  const window = Float32Array.from({ length: WINDOW }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / WINDOW));
  const suppressionDb = Array.from({ length: BANDS }, () => random.between(10, 25));
  const streams = [createStream(), createStream()] as const;
  let divergedFrames = 0;
  let recovering = 1;

  function createStream() {
    return { past: new Float32Array(WINDOW), re: new Float32Array(BINS), im: new Float32Array(BINS), tail: new Float32Array(WINDOW) };
  }
  const block = new Float32Array(SIZE);
  const powers = [new Float32Array(BANDS), new Float32Array(BANDS)] as const;

  return {
    process(echo, near) {
      [echo, near].forEach((frame, s) => {
        const stream = streams[s as 0 | 1]; // there are two of each
        stream.past.copyWithin(0, HOP);
        stream.past.set(frame, HOP);
        block.fill(0);
        for (let i = 0; i < WINDOW; i++) block[i] = (window[i] ?? 0) * (stream.past[i] ?? 0);
        fft.forward(block, stream.re, stream.im);
        const power = powers[s as 0 | 1]; // as above
        power.fill(0);
        for (let k = 0; k < BINS; k++) power[bandOf(k)] = (power[bandOf(k)] ?? 0) + (stream.re[k] ?? 0) ** 2 + (stream.im[k] ?? 0) ** 2;
      });
      if (divergedFrames > 0) divergedFrames--;
      recovering += 0.03 * ((divergedFrames > 0 ? 0 : 1) - recovering);
      for (let b = 0; b < BANDS; b++) suppressionDb[b] = Math.max(10, Math.min(25, (suppressionDb[b] ?? 15) + 0.4 * random.normal()));
      for (let k = 0; k < BINS; k++) {
        const b = bandOf(k);
        const suppression = 10 ** (-(1.5 + recovering * ((suppressionDb[b] ?? 15) - 1.5)) / 20);
        const share = (powers[0][b] ?? 0) / ((powers[0][b] ?? 0) + (powers[1][b] ?? 0) + 1e-9);
        const duck = 10 ** ((-9 * recovering * Math.max(0, share - 0.5)) / 0.5 / 20);
        streams[0].re[k] = (streams[0].re[k] ?? 0) * suppression;
        streams[0].im[k] = (streams[0].im[k] ?? 0) * suppression;
        streams[1].re[k] = (streams[1].re[k] ?? 0) * duck;
        streams[1].im[k] = (streams[1].im[k] ?? 0) * duck;
      }
      [echo, near].forEach((frame, s) => {
        const stream = streams[s as 0 | 1]; // as above
        fft.inverse(stream.re, stream.im, block);
        for (let i = 0; i < WINDOW; i++) stream.tail[i] = (stream.tail[i] ?? 0) + (window[i] ?? 0) * (block[i] ?? 0);
        frame.set(stream.tail.subarray(0, HOP));
        stream.tail.copyWithin(0, HOP);
        stream.tail.fill(0, HOP);
      });
    },
    diverge() {
      divergedFrames = Math.round(random.between(100, 200));
      recovering = 0;
    },
  };
}

function bandOf(bin: number): number {
  return Math.min(BANDS - 1, Math.floor(Math.sqrt(bin / BINS) * BANDS));
}
