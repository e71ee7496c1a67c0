import { AvatarError } from '../errors/AvatarError.js';

/** A streaming sample-rate converter for one channel. */
export interface Resampler {
  /** Delay that the filter adds, in milliseconds. */
  readonly latencyMs: number;
  /** Upper bound of what one `process` call can write for `inputLength` samples. */
  maxOutputLength(inputLength: number): number;
  /**
   * Converts one block: Float32Array [samples], mono. Allocates nothing.
   * @returns how many samples were written to `output`, from index 0.
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
}

/** Stop-band attenuation that the Kaiser window is designed for. */
const STOP_BAND_DB = 104;
/** Pass band ends at 7/8 and the stop band begins at 9/8 of the lower Nyquist rate: 7 and 9 kHz at 16 kHz. */
const TRANSITION = 1 / 4;
/** Ratios with more phases than this share a table of that many and are interpolated between neighbours. */
const MAX_EXACT_PHASES = 1024;

/**
 * Makes a polyphase FIR resampler for any pair of rates.
 *
 * The output depends only on the sample stream, never on how it was cut into blocks.
 *
 * @throws AvatarError `invalid-options` when a rate is not between 1,000 and 768,000 Hz.
 * @see Kaiser window design: Oppenheim, Schafer, Discrete-Time Signal Processing, section 7.5.3
 */
export function createResampler(options: ResamplerOptions): Resampler {
  const { inputRateHz, outputRateHz, maxBlockLength = 4096 } = options;
  for (const rateHz of [inputRateHz, outputRateHz]) {
    if (!(rateHz >= 1000 && rateHz <= 768_000)) {
      throw new AvatarError('invalid-options', { message: `A sample rate of ${rateHz} Hz cannot be converted; use 1,000 to 768,000 Hz.` });
    }
  }
  if (inputRateHz === outputRateHz) return passThrough;

  const divisor = greatestCommonDivisor(Math.round(inputRateHz), Math.round(outputRateHz));
  const up = Math.round(outputRateHz) / divisor;
  const down = Math.round(inputRateHz) / divisor;
  const exact = up <= MAX_EXACT_PHASES;
  const phases = exact ? up : MAX_EXACT_PHASES;
  const { bank, tapCount } = designBank(inputRateHz, Math.min(inputRateHz, outputRateHz), phases);

  // Newest samples at the end; starts as if silence had gone before.
  const history = new Float32Array(tapCount + maxBlockLength);
  let filled = tapCount - 1;
  // Position of the next output after history[0], in units of 1/up input samples.
  let phase = 0;
  let base = 0;

  return {
    latencyMs: (tapCount / 2 / inputRateHz) * 1000,
    maxOutputLength: (inputLength) => Math.ceil((inputLength * up) / down) + 1,
    process(input, inputLength, output) {
      if (inputLength > maxBlockLength) {
        throw new AvatarError('audio-invalid', {
          message: `A block of ${inputLength} samples is longer than the ${maxBlockLength} this resampler was made for.`,
        });
      }
      for (let i = 0; i < inputLength; i++) history[filled + i] = input[i] ?? 0;
      filled += inputLength;
      let written = 0;
      while (base + tapCount <= filled) {
        const position = exact ? phase : (phase / up) * phases;
        const row = Math.floor(position);
        output[written++] = dot(history, base, bank, row, tapCount, position - row);
        phase += down;
        const whole = Math.floor(phase / up);
        base += whole;
        phase -= whole * up;
      }
      // With a large ratio the next output may start beyond what has been heard so far.
      const keepFrom = Math.min(base, filled);
      history.copyWithin(0, keepFrom, filled);
      filled -= keepFrom;
      base -= keepFrom;
      return written;
    },
    reset() {
      history.fill(0);
      filled = tapCount - 1;
      phase = 0;
      base = 0;
    },
  };
}

const passThrough: Resampler = {
  latencyMs: 0,
  maxOutputLength: (inputLength) => inputLength,
  process(input, inputLength, output) {
    for (let i = 0; i < inputLength; i++) output[i] = input[i] ?? 0;
    return inputLength;
  },
  reset: () => undefined,
};

/** Inner product at `row`, or between `row` and the next one when `fraction` is not 0. */
function dot(history: Float32Array, base: number, bank: Float32Array, row: number, tapCount: number, fraction: number): number {
  const start = row * tapCount;
  let sum = 0;
  for (let k = 0; k < tapCount; k++) sum += (history[base + k] ?? 0) * (bank[start + k] ?? 0);
  if (fraction === 0) return sum;
  let next = 0;
  for (let k = 0; k < tapCount; k++) next += (history[base + k] ?? 0) * (bank[start + tapCount + k] ?? 0);
  return sum + (next - sum) * fraction;
}

/** One row of `tapCount` coefficients per phase, and a last row (phase 1) for interpolation. */
function designBank(inputRateHz: number, lowerRateHz: number, phases: number): { bank: Float32Array; tapCount: number } {
  const transitionRad = (2 * Math.PI * (lowerRateHz / 2) * TRANSITION) / inputRateHz;
  const tapCount = Math.ceil((STOP_BAND_DB - 7.95) / (2.285 * transitionRad)) + 1;
  const beta = 0.1102 * (STOP_BAND_DB - 8.7);
  const cutoff = lowerRateHz / inputRateHz; // of the input's Nyquist rate
  const half = tapCount / 2;
  const bank = new Float32Array((phases + 1) * tapCount);
  for (let row = 0; row <= phases; row++) {
    let sum = 0;
    for (let k = 0; k < tapCount; k++) {
      // Distance of tap k from the output instant, in input samples.
      const distance = k - half + 1 - row / phases;
      const value = cutoff * sinc(cutoff * distance) * kaiser(distance / half, beta);
      bank[row * tapCount + k] = value;
      sum += value;
    }
    // Every phase passes a constant unchanged: otherwise the phases would modulate it.
    for (let k = 0; k < tapCount; k++) bank[row * tapCount + k] = (bank[row * tapCount + k] ?? 0) / sum;
  }
  return { bank, tapCount };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number, beta: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
