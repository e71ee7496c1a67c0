/** Power spectrum of blocks of one length. */
export interface PowerSpectrum {
  /** Number of values: half the block and one. */
  readonly binCount: number;
  /** Takes a block: Float64Array [size], whose values it overwrites. @returns Float64Array [binCount], valid until the next call. */
  process(block: Float64Array): Float64Array;
}

/**
 * Makes a spectrum for blocks of `size` samples, a power of two. Allocates nothing afterwards.
 *
 * Even and odd samples go through one complex transform of half the length.
 *
 * @see Press and others, Numerical Recipes, section 12.3
 */
export function createPowerSpectrum(size: number): PowerSpectrum {
  const half = size / 2;
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  const bits = Math.log2(half);
  const order = Uint16Array.from({ length: half }, (_, n) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((n >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);
  const power = new Float64Array(half + 1);

  function transform(): void {
    for (let span = 1; span < half; span *= 2) {
      const stride = half / span;
      for (let k = 0; k < span; k++) {
        const cosine = cosines[k * stride] ?? 0;
        const sine = sines[k * stride] ?? 0;
        for (let low = k; low < half; low += 2 * span) {
          const high = low + span;
          const a = real[high] ?? 0;
          const b = imaginary[high] ?? 0;
          const turnedReal = a * cosine + b * sine;
          const turnedImaginary = b * cosine - a * sine;
          const lowReal = real[low] ?? 0;
          const lowImaginary = imaginary[low] ?? 0;
          real[high] = lowReal - turnedReal;
          imaginary[high] = lowImaginary - turnedImaginary;
          real[low] = lowReal + turnedReal;
          imaginary[low] = lowImaginary + turnedImaginary;
        }
      }
    }
  }

  return {
    binCount: half + 1,
    process(block) {
      for (let n = 0; n < half; n++) {
        const from = 2 * (order[n] ?? 0);
        real[n] = block[from] ?? 0;
        imaginary[n] = block[from + 1] ?? 0;
      }
      transform();
      const sum = real[0] ?? 0;
      const difference = imaginary[0] ?? 0;
      power[0] = (sum + difference) ** 2;
      power[half] = (sum - difference) ** 2;
      for (let k = 1; k < half; k++) {
        const a = real[k] ?? 0;
        const b = imaginary[k] ?? 0;
        const c = real[half - k] ?? 0;
        const d = imaginary[half - k] ?? 0;
        const evenReal = (a + c) / 2;
        const evenImaginary = (b - d) / 2;
        const oddReal = (b + d) / 2;
        const oddImaginary = (c - a) / 2;
        const cosine = cosines[k] ?? 0;
        const sine = sines[k] ?? 0;
        const wholeReal = evenReal + cosine * oddReal + sine * oddImaginary;
        const wholeImaginary = evenImaginary + cosine * oddImaginary - sine * oddReal;
        power[k] = wholeReal * wholeReal + wholeImaginary * wholeImaginary;
      }
      return power;
    },
  };
}
