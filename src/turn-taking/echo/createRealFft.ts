/** The discrete Fourier transform of a block of real samples, and back. */
export interface RealFft {
  /** Samples of a block; spectra hold `size / 2 + 1` bins. */
  readonly size: number;
  /** Fills `real` and `imaginary`, Float32Array [size / 2 + 1] each, from `samples`, Float32Array [size]. */
  forward(samples: Float32Array, real: Float32Array, imaginary: Float32Array): void;
  /** The exact opposite of `forward`. The samples must not be those that are read. */
  inverse(real: Float32Array, imaginary: Float32Array, samples: Float32Array): void;
}

/**
 * Makes a transform that allocates nothing when it runs. Real samples go through a complex transform of half the size, as its even
 * and odd samples.
 *
 * @param size - a power of two, 8 or more.
 */
export function createRealFft(size: number): RealFft {
  const half = size / 2;
  const quarter = half / 2;
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  const order = bitReversal(half);
  const re = new Float64Array(half);
  const im = new Float64Array(half);

  /** Decimation in time, in place; `re` and `im` come in bit-reversed order. The first two stages need no multiplication. */
  function transform(): void {
    for (let i = 0; i < half; i += 4) firstStages(re, im, i);
    for (let span = 4; span < half; span *= 2) {
      const stride = size / (2 * span);
      for (let k = 0; k < span; k++) {
        const c = cosines[k * stride] ?? 0;
        const s = sines[k * stride] ?? 0;
        for (let i = k; i < half; i += 2 * span) {
          const j = i + span;
          const bRe = re[j] ?? 0;
          const bIm = im[j] ?? 0;
          const tRe = c * bRe + s * bIm;
          const tIm = c * bIm - s * bRe;
          const aRe = re[i] ?? 0;
          const aIm = im[i] ?? 0;
          re[i] = aRe + tRe;
          im[i] = aIm + tIm;
          re[j] = aRe - tRe;
          im[j] = aIm - tIm;
        }
      }
    }
  }

  return {
    size,
    forward(samples, real, imaginary) {
      for (let i = 0; i < half; i++) {
        const from = 2 * (order[i] ?? 0);
        re[i] = samples[from] ?? 0;
        im[i] = samples[from + 1] ?? 0;
      }
      transform();
      const re0 = re[0] ?? 0;
      const im0 = im[0] ?? 0;
      real[0] = re0 + im0;
      imaginary[0] = 0;
      real[half] = re0 - im0;
      imaginary[half] = 0;
      for (let k = 1; k <= quarter; k++) {
        const m = half - k;
        const evenRe = ((re[k] ?? 0) + (re[m] ?? 0)) / 2;
        const evenIm = ((im[k] ?? 0) - (im[m] ?? 0)) / 2;
        const oddRe = ((im[k] ?? 0) + (im[m] ?? 0)) / 2;
        const oddIm = ((re[m] ?? 0) - (re[k] ?? 0)) / 2;
        const c = cosines[k] ?? 0;
        const s = sines[k] ?? 0;
        const turnedRe = c * oddRe + s * oddIm;
        const turnedIm = c * oddIm - s * oddRe;
        real[k] = evenRe + turnedRe;
        imaginary[k] = evenIm + turnedIm;
        real[m] = evenRe - turnedRe;
        imaginary[m] = turnedIm - evenIm;
      }
    },
    inverse(real, imaginary, samples) {
      // The conjugate goes in, so that the forward transform gives the inverse.
      for (let i = 0; i < half; i++) {
        const k = order[i] ?? 0;
        const m = half - k;
        const evenRe = (real[k] ?? 0) + (real[m] ?? 0);
        const evenIm = (imaginary[k] ?? 0) - (imaginary[m] ?? 0);
        const differenceRe = (real[k] ?? 0) - (real[m] ?? 0);
        const differenceIm = (imaginary[k] ?? 0) + (imaginary[m] ?? 0);
        const c = cosines[k] ?? 0;
        const s = sines[k] ?? 0;
        const oddRe = c * differenceRe - s * differenceIm;
        const oddIm = c * differenceIm + s * differenceRe;
        re[i] = evenRe - oddIm;
        im[i] = -(evenIm + oddRe);
      }
      transform();
      for (let i = 0; i < half; i++) {
        samples[2 * i] = (re[i] ?? 0) / size;
        samples[2 * i + 1] = -(im[i] ?? 0) / size;
      }
    },
  };
}

function firstStages(re: Float64Array, im: Float64Array, i: number): void {
  const a = re[i] ?? 0;
  const b = re[i + 1] ?? 0;
  const c = re[i + 2] ?? 0;
  const d = re[i + 3] ?? 0;
  const ai = im[i] ?? 0;
  const bi = im[i + 1] ?? 0;
  const ci = im[i + 2] ?? 0;
  const di = im[i + 3] ?? 0;
  re[i] = a + b + c + d;
  im[i] = ai + bi + ci + di;
  re[i + 2] = a + b - c - d;
  im[i + 2] = ai + bi - ci - di;
  re[i + 1] = a - b + ci - di;
  im[i + 1] = ai - bi - c + d;
  re[i + 3] = a - b - ci + di;
  im[i + 3] = ai - bi + c - d;
}

function bitReversal(length: number): Uint16Array {
  const order = new Uint16Array(length);
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    order[i] = j;
  }
  return order;
}
