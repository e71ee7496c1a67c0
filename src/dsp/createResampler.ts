import { AvatarError } from '../errors/AvatarError.js';
import { createScalarKernel } from './resampler/createScalarKernel.js';
import { createSimdKernel } from './resampler/createSimdKernel.js';
import { designBank } from './resampler/designBank.js';
import type { KernelOptions, ResamplerKernel } from './resampler/ResamplerKernel.js';

/** A streaming sample-rate converter for one channel. */
export interface Resampler {
  /** Delay that the filter adds, in milliseconds. */
  readonly latencyMs: number;
  /** What its inner loop runs in. The output is the same, bit for bit. */
  readonly engine: 'wasm' | 'typescript';
  /** Upper bound of what one `process` call can write for `inputLength` samples. */
  maxOutputLength(inputLength: number): number;
  /**
   * Converts one block: Float32Array [samples], mono. Allocates nothing.
   * @returns how many samples were written to `output`, from index 0.
   * @throws AvatarError `audio-invalid` when the block is longer than `maxBlockLength`.
   */
  process(input: Float32Array, inputLength: number, output: Float32Array): number;
  /** Forgets what it has heard, as if newly made. Allocates nothing. */
  reset(): void;
}

export interface ResamplerOptions {
  readonly inputRateHz: number;
  readonly outputRateHz: number;
  /** Largest block that `process` will be given. Default 4,096 samples. */
  readonly maxBlockLength?: number;
  /** Default: WebAssembly with SIMD, or TypeScript where the page's policy or the engine refuses that. */
  readonly engine?: 'typescript';
}

/** Ratios with more phases than this share a table of that many and are interpolated between neighbours. */
const MAX_EXACT_PHASES = 1024;
/** Samples that may pile up before the history is moved back to its start: moving it with each block would cost more than the block. */
const SLACK = 2048;
/** Kernels work in fours, and read on to the end of the last one. */
const GROUP = 4;

/**
 * Makes a polyphase FIR resampler for any pair of rates: flat within 0.01 dB up to 7/16 of the lower rate, aliases and images below
 * -100 dB from 9/16 (7 and 9 kHz at 16 kHz), 1.25 ms late.
 *
 * The output depends only on the sample stream, never on how it was cut into blocks.
 *
 * @throws AvatarError `invalid-options` when a rate is not between 1,000 and 768,000 Hz.
 */
export function createResampler(options: ResamplerOptions): Resampler {
  const { inputRateHz, outputRateHz, maxBlockLength = 4096 } = options;
  for (const rateHz of [inputRateHz, outputRateHz]) {
    if (!(rateHz >= 1000 && rateHz <= 768_000)) {
      throw new AvatarError('invalid-options', { message: `A sample rate of ${rateHz} Hz cannot be converted; use 1,000 to 768,000 Hz.` });
    }
  }

  const divisor = greatestCommonDivisor(Math.round(inputRateHz), Math.round(outputRateHz));
  const up = Math.round(outputRateHz) / divisor;
  const down = Math.round(inputRateHz) / divisor;
  if (up === down) return passThrough;
  const phases = Math.min(up, MAX_EXACT_PHASES);
  const { rows, rowLength, tapCount } = designBank(down, up, phases);
  const maxOutputLength = (inputLength: number) => Math.ceil((inputLength * up) / down) + 1;
  const capacity = rowLength + maxBlockLength + SLACK;
  const kernel = createKernel(
    {
      rows,
      rowLength,
      phases,
      up,
      down,
      historyLength: capacity + GROUP * Math.ceil(down / up),
      outputLength: maxOutputLength(maxBlockLength) + GROUP,
    },
    options.engine,
  );
  const { history, output: converted } = kernel;

  // Newest samples at the end; starts as if silence had gone before.
  let filled = rowLength - 1;
  // Position of the next output after history[0]: whole input samples, and units of 1/up of one.
  let base = 0;
  let phase = 0;

  function append(input: Float32Array, inputLength: number): void {
    if (filled + inputLength > capacity) {
      // With a large ratio the next output may start beyond what has been heard so far.
      const keepFrom = Math.min(base, filled);
      history.copyWithin(0, keepFrom, filled);
      filled -= keepFrom;
      base -= keepFrom;
    }
    if (input.length === inputLength) history.set(input, filled);
    else for (let i = 0; i < inputLength; i++) history[filled + i] = input[i] ?? 0;
    filled += inputLength;
  }

  return {
    latencyMs: (tapCount / 2 / inputRateHz) * 1000,
    engine: kernel.engine,
    maxOutputLength,
    process(input, inputLength, output) {
      if (inputLength > maxBlockLength) {
        throw new AvatarError('audio-invalid', {
          message: `A block of ${inputLength} samples is longer than the ${maxBlockLength} this resampler was made for.`,
        });
      }
      append(input, inputLength);
      const count = Math.max(0, Math.ceil(((filled - rowLength + 1 - base) * up - phase) / down));
      if (count === 0) return 0;
      kernel.convolve(base, phase, count);
      for (let i = 0; i < count; i++) output[i] = converted[i] ?? 0;
      const position = phase + count * down;
      base += Math.floor(position / up);
      phase = position % up;
      return count;
    },
    reset() {
      history.fill(0);
      filled = rowLength - 1;
      phase = 0;
      base = 0;
    },
  };
}

const passThrough: Resampler = {
  latencyMs: 0,
  engine: 'typescript',
  maxOutputLength: (inputLength) => inputLength,
  process(input, inputLength, output) {
    for (let i = 0; i < inputLength; i++) output[i] = input[i] ?? 0;
    return inputLength;
  },
  reset: () => undefined,
};

function createKernel(options: KernelOptions, engine: 'typescript' | undefined): ResamplerKernel {
  if (engine === 'typescript') return createScalarKernel(options);
  try {
    return createSimdKernel(options);
  } catch {
    // Refused by a policy without 'wasm-unsafe-eval', or by an engine without SIMD: the same sound, for a little more time.
    return createScalarKernel(options);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
