import { foldRow } from './foldRow.js';
import type { KernelOptions, ResamplerKernel } from './ResamplerKernel.js';

const { fround } = Math;

/**
 * The twin of `src/dsp/wasm/resampler.as` in TypeScript, for pages whose policy refuses WebAssembly and engines without SIMD.
 *
 * Every value is a float32; kept as float64 it needs no conversion when it is read.
 */
export function createScalarKernel(options: KernelOptions): ResamplerKernel {
  const { rowLength, phases, up, down, historyLength, outputLength } = options;
  const history = new Float64Array(historyLength);
  const output = new Float32Array(outputLength);
  if (up === 1) {
    const half = Float64Array.from(foldRow(options.rows, rowLength));
    const convolve = (base: number, _phase: number, count: number) => convolveFolded(history, base, down, half, output, count);
    return { engine: 'typescript', history, output, convolve };
  }
  const rows = Float64Array.from(options.rows);
  const wholeStep = Math.floor(down / up);
  const phaseStep = down % up;
  const exact = phases === up;

  return {
    engine: 'typescript',
    history,
    output,
    convolve(base, phase, count) {
      for (let n = 0; n < count; n++) {
        if (exact) {
          output[n] = innerProduct(history, base, rows, phase * rowLength, rowLength);
        } else {
          const place = (phase / up) * phases;
          const row = Math.floor(place);
          const here = innerProduct(history, base, rows, row * rowLength, rowLength);
          const next = innerProduct(history, base, rows, (row + 1) * rowLength, rowLength);
          output[n] = here + fround(fround(next - here) * fround(place - row));
        }
        base += wholeStep;
        phase += phaseStep;
        if (phase >= up) {
          phase -= up;
          base++;
        }
      }
    },
  };
}

function innerProduct(history: Float64Array, start: number, rows: Float64Array, rowAt: number, rowLength: number): number {
  let a = fround(0);
  let b = fround(0);
  let c = fround(0);
  let d = fround(0);
  for (let k = 0; k < rowLength; k += 4) {
    const x = start + k;
    const w = rowAt + k;
    a = fround(a + fround((history[x] ?? 0) * (rows[w] ?? 0)));
    b = fround(b + fround((history[x + 1] ?? 0) * (rows[w + 1] ?? 0)));
    c = fround(c + fround((history[x + 2] ?? 0) * (rows[w + 2] ?? 0)));
    d = fround(d + fround((history[x + 3] ?? 0) * (rows[w + 3] ?? 0)));
  }
  return fround(fround(fround(a + b) + c) + d);
}

/**
 * Two outputs at a time: each coefficient is then read once for both. Samples that share a coefficient are added first.
 */
function convolveFolded(history: Float64Array, base: number, step: number, half: Float64Array, output: Float32Array, count: number): void {
  const mirror = 2 * half.length - 2;
  for (let n = 0; n < count; n += 2) {
    const start = base + n * step;
    let a = fround(0);
    let b = fround(0);
    let c = fround(0);
    let d = fround(0);
    let e = fround(0);
    let f = fround(0);
    let g = fround(0);
    let h = fround(0);
    for (let k = 0; k < half.length; k += 4) {
      const w0 = half[k] ?? 0;
      const w1 = half[k + 1] ?? 0;
      const w2 = half[k + 2] ?? 0;
      const w3 = half[k + 3] ?? 0;
      const x = start + k;
      const y = start + mirror - k;
      a = fround(a + fround(fround((history[x] ?? 0) + (history[y] ?? 0)) * w0));
      b = fround(b + fround(fround((history[x + 1] ?? 0) + (history[y - 1] ?? 0)) * w1));
      c = fround(c + fround(fround((history[x + 2] ?? 0) + (history[y - 2] ?? 0)) * w2));
      d = fround(d + fround(fround((history[x + 3] ?? 0) + (history[y - 3] ?? 0)) * w3));
      const p = x + step;
      const q = y + step;
      e = fround(e + fround(fround((history[p] ?? 0) + (history[q] ?? 0)) * w0));
      f = fround(f + fround(fround((history[p + 1] ?? 0) + (history[q - 1] ?? 0)) * w1));
      g = fround(g + fround(fround((history[p + 2] ?? 0) + (history[q - 2] ?? 0)) * w2));
      h = fround(h + fround(fround((history[p + 3] ?? 0) + (history[q - 3] ?? 0)) * w3));
    }
    output[n] = fround(fround(a + b) + c) + d;
    output[n + 1] = fround(fround(e + f) + g) + h;
  }
}
