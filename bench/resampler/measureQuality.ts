import { BLOCK, type Convert } from './contenders.js';

export interface Quality {
  /** Largest departure from the level of the input, 100 Hz to 7 kHz. */
  readonly rippleDb: number;
  /** Loudest that any tone from 9 to 23 kHz comes through, in whatever form. */
  readonly aliasDb: number;
  /** How late the middle of a click comes out. */
  readonly latencyMs: number;
  /** What else there is of a tone of 997 Hz, to 8 kHz: harmonics and noise. */
  readonly distortionDb: number;
}

const SECONDS = 0.5;
/** Left out at both ends, where the filter meets silence. */
const EDGE = 400;

/** Feeds signals to fresh converters from `make`, from one rate to the other. */
export function measureQuality(make: () => Convert, inputRateHz: number, outputRateHz: number): Quality {
  const tone = (frequencyHz: number) => convert(make(), (n) => 0.9 * Math.sin((2 * Math.PI * frequencyHz * n) / inputRateHz), inputRateHz);
  let rippleDb = 0;
  for (let frequencyHz = 100; frequencyHz <= 7000; frequencyHz += 150) {
    const { amplitude } = fitSine(tone(frequencyHz), frequencyHz, outputRateHz);
    rippleDb = Math.max(rippleDb, Math.abs(decibels(amplitude / 0.9)));
  }
  let alias = 0;
  for (let frequencyHz = 9000; frequencyHz <= Math.min(23_000, inputRateHz / 2 - 1000); frequencyHz += 125) {
    alias = Math.max(alias, (rms(tone(frequencyHz)) * Math.SQRT2) / 0.9);
  }
  const { amplitude, residual } = fitSine(tone(997), 997, outputRateHz);
  return {
    rippleDb,
    aliasDb: decibels(alias),
    latencyMs: clickLatencyMs(make(), inputRateHz, outputRateHz),
    distortionDb: decibels((residual * Math.SQRT2) / amplitude),
  };
}

const decibels = (ratio: number) => 20 * Math.log10(ratio);

function convert(work: Convert, sample: (n: number) => number, inputRateHz: number): Float32Array {
  const length = Math.floor((inputRateHz * SECONDS) / BLOCK) * BLOCK;
  const output: number[] = [];
  const piece = new Float32Array(BLOCK * 4);
  for (let start = 0; start < length; start += BLOCK) {
    const count = work(
      Float32Array.from({ length: BLOCK }, (_, i) => sample(start + i)),
      piece,
    );
    output.push(...piece.subarray(0, count));
  }
  return Float32Array.from(output);
}

/** Amplitude of a sine in the steady part, by least squares, and the root mean square of all that it leaves. */
function fitSine(signal: Float32Array, frequencyHz: number, rateHz: number): { readonly amplitude: number; readonly residual: number } {
  const steady = signal.subarray(EDGE, -EDGE);
  const angle = (n: number) => (2 * Math.PI * frequencyHz * n) / rateHz;
  let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0];
  steady.forEach((x, n) => {
    const c = Math.cos(angle(n));
    const s = Math.sin(angle(n));
    cc += c * c;
    cs += c * s;
    ss += s * s;
    xc += x * c;
    xs += x * s;
  });
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  const residual = rms(Float64Array.from(steady, (x, n) => x - a * Math.cos(angle(n)) - b * Math.sin(angle(n))));
  return { amplitude: Math.hypot(a, b), residual };
}

function rms(signal: Float32Array | Float64Array): number {
  const steady = signal instanceof Float32Array ? signal.subarray(EDGE, -EDGE) : signal;
  let energy = 0;
  for (const x of steady) energy += x * x;
  return Math.sqrt(energy / steady.length);
}

/** The centre of what a click becomes; its filter is symmetrical in all that are compared. */
function clickLatencyMs(work: Convert, inputRateHz: number, outputRateHz: number): number {
  const at = inputRateHz / 10;
  let weighted = 0;
  let energy = 0;
  convert(work, (n) => (n === at ? 1 : 0), inputRateHz).forEach((x, n) => {
    weighted += n * x * x;
    energy += x * x;
  });
  return (weighted / energy / outputRateHz - at / inputRateHz) * 1000;
}
