import { RESAMPLER_WASM } from '../wasm/resamplerWasm.js';
import { decodeBase64 } from './decodeBase64.js';
import { foldRow } from './foldRow.js';
import type { KernelOptions, ResamplerKernel } from './ResamplerKernel.js';

/** What `src/dsp/wasm/resampler.as` exports; positions in its memory are in bytes. */
interface ResamplerExports {
  readonly memory: WebAssembly.Memory;
  configure(rowsAt: number, rowLength: number, interpolatedPhases: number, up: number, down: number): void;
  convolve(historyAt: number, outputAt: number, phase: number, count: number): void;
}

/** Vectors are read fastest from multiples of their size. */
const ALIGNMENT_BYTES = 16;
const PAGE_BYTES = 65_536;

/**
 * The kernel in WebAssembly, compiled on the spot: it is so small that every browser allows that on any thread.
 *
 * @throws WebAssembly.CompileError where the page's policy refuses it, or the engine has no SIMD; ReferenceError without WebAssembly.
 */
export function createSimdKernel(options: KernelOptions): ResamplerKernel {
  const { rowLength, phases, up, down, historyLength, outputLength } = options;
  const rows = up === 1 ? foldRow(options.rows, rowLength) : options.rows;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(decodeBase64(RESAMPLER_WASM)));
  const { memory, configure, convolve } = exports as unknown as ResamplerExports; // compiled from the source that says so

  const rowsAt = ALIGNMENT_BYTES;
  const historyAt = align(rowsAt + rows.byteLength);
  const outputAt = align(historyAt + historyLength * 4);
  const endAt = outputAt + outputLength * 4;
  memory.grow(Math.max(0, Math.ceil((endAt - memory.buffer.byteLength) / PAGE_BYTES)));
  new Float32Array(memory.buffer, rowsAt, rows.length).set(rows);
  configure(rowsAt, rowLength, phases === up ? 0 : phases, up, down);

  return {
    engine: 'wasm',
    // Memory never grows again, so these stay attached.
    history: new Float32Array(memory.buffer, historyAt, historyLength),
    output: new Float32Array(memory.buffer, outputAt, outputLength),
    convolve: (base, phase, count) => convolve(historyAt + base * 4, outputAt, phase, count),
  };
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
