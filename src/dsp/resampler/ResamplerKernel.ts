/**
 * The inner loop of a resampler. There are two, which give the same bits: each sums a product in four lanes of float32, lane l taking
 * the coefficients l, l + 4, l + 8 and so on, and adds the lanes in their order. Where there is but one row (a whole-number ratio),
 * both fold it, see `foldRow`.
 */
export interface ResamplerKernel {
  readonly engine: 'wasm' | 'typescript';
  /** [historyLength]: samples, oldest first; written by the host. */
  readonly history: Float32Array | Float64Array;
  /** Float32Array [outputLength]: where `convolve` writes, from index 0. */
  readonly output: Float32Array;
  /**
   * Works in fours: up to three more outputs are computed and written than asked for.
   *
   * @param base history sample under the first coefficient of the first output
   * @param phase of the first output, in units of 1/up input samples
   */
  convolve(base: number, phase: number, count: number): void;
}

/** What both kernels are made from. */
export interface KernelOptions {
  /** Float32Array [phases + 1][rowLength]. */
  readonly rows: Float32Array;
  readonly rowLength: number;
  /** Rows that there are for phases from 0 to 1; fewer than `up` if they are to be interpolated. */
  readonly phases: number;
  /** Output and input rate, in lowest terms. */
  readonly up: number;
  readonly down: number;
  readonly historyLength: number;
  readonly outputLength: number;
}
