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
    const convolve = (base: number, _phase: number, count: number) => {
      for (let n = 0; n < count; n += 4) convolveFolded(history, base + n * down, down, half, output, n);
    };
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
 * Four outputs at a time, lane by lane: each coefficient is then read once for all four, and no sum waits for itself. Samples that
 * share a coefficient are added first.
 */
function convolveFolded(history: Float64Array, start: number, step: number, half: Float64Array, output: Float32Array, first: number): void {
  const xB = start + step;
  const xC = xB + step;
  const xD = xC + step;
  const { length } = half;
  const mirror = 2 * length - 2;
  const yA = start + mirror;
  const yB = xB + mirror;
  const yC = xC + mirror;
  const yD = xD + mirror;
  // Not `fill`: for four values its call takes longer than they do.
  output[first] = output[first + 1] = output[first + 2] = output[first + 3] = 0;
  for (let lane = 0; lane < 4; lane++) {
    let a = fround(0);
    let b = fround(0);
    let c = fround(0);
    let d = fround(0);
    for (let k = lane; k < length; k += 4) {
      const coefficient = half[k] ?? 0;
      a = fround(a + fround(fround((history[start + k] ?? 0) + (history[yA - k] ?? 0)) * coefficient));
      b = fround(b + fround(fround((history[xB + k] ?? 0) + (history[yB - k] ?? 0)) * coefficient));
      c = fround(c + fround(fround((history[xC + k] ?? 0) + (history[yC - k] ?? 0)) * coefficient));
      d = fround(d + fround(fround((history[xD + k] ?? 0) + (history[yD - k] ?? 0)) * coefficient));
    }
    output[first] = (output[first] ?? 0) + a;
    output[first + 1] = (output[first + 1] ?? 0) + b;
    output[first + 2] = (output[first + 2] ?? 0) + c;
    output[first + 3] = (output[first + 3] ?? 0) + d;
  }
}
