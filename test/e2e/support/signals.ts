import { readFileSync } from 'node:fs';

/** Samples of a 16-bit mono WAV: Int16Array [samples]. */
export function readWav(bytes: Uint8Array): { samples: Int16Array; sampleRateHz: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new Error('not a WAV file');
  let sampleRateHz = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (name(at) === 'fmt ') {
      sampleRateHz = view.getUint32(at + 12, true);
      if (view.getUint16(at + 10, true) !== 1 || view.getUint16(at + 22, true) !== 16) throw new Error('not mono 16 bit');
    }
    if (name(at) === 'data') {
      const available = Math.min(length, bytes.length - at - 8);
      return { samples: new Int16Array(bytes.slice(at + 8, at + 8 + available - (available % 2)).buffer), sampleRateHz };
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('no data chunk');
}

export const readWavFile = (file: string) => readWav(readFileSync(file));

/** Normalised cross-correlation of two equally long signals, -1 to 1. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = Math.min(a.length, b.length);
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < length; i++) {
    meanA += (a[i] ?? 0) / length;
    meanB += (b[i] ?? 0) / length;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < length; i++) {
    const x = (a[i] ?? 0) - meanA;
    const y = (b[i] ?? 0) - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** Root mean square of each `length` samples. */
export function envelope(samples: ArrayLike<number>, length: number): number[] {
  const result: number[] = [];
  for (let start = 0; start + length <= samples.length; start += length) {
    let energy = 0;
    for (let i = start; i < start + length; i++) energy += (samples[i] ?? 0) ** 2;
    result.push(Math.sqrt(energy / length));
  }
  return result;
}

/** Where `part` lies in `whole`: the offset in samples with the best correlation, searched coarsely and then to the sample. */
export function findOffset(whole: Int16Array, part: Int16Array): { offset: number; score: number } {
  const step = 8;
  const shrink = (samples: Int16Array) => Float64Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < step; k++) sum += samples[i * step + k] ?? 0;
    return sum / step;
  });
  const [small, piece] = [shrink(whole), shrink(part)];
  let best = { offset: 0, score: -Infinity };
  for (let offset = 0; offset + piece.length <= small.length; offset++) {
    let sum = 0;
    let energy = 1;
    for (let i = 0; i < piece.length; i++) {
      const value = small[offset + i] ?? 0;
      sum += value * (piece[i] ?? 0);
      energy += value * value;
    }
    const score = sum / Math.sqrt(energy);
    if (score > best.score) best = { offset: offset * step, score };
  }
  let fine = { offset: best.offset, score: -1 };
  for (let offset = Math.max(0, best.offset - 2 * step); offset <= best.offset + 2 * step; offset++) {
    const score = correlation(whole.subarray(offset, offset + part.length), part);
    if (score > fine.score) fine = { offset, score };
  }
  return fine;
}

/** The values of a trace at even steps, each the last one seen; for comparing traces that were sampled at other times. */
export function resampleTrace(trace: { timesMs: number[]; values: number[] }, startMs: number, stepMs: number, count: number): number[] {
  const result: number[] = [];
  let index = 0;
  for (let i = 0; i < count; i++) {
    const timeMs = startMs + i * stepMs;
    while (index + 1 < trace.timesMs.length && (trace.timesMs[index + 1] ?? Infinity) <= timeMs) index++;
    result.push(trace.values[index] ?? 0);
  }
  return result;
}

/** The best correlation of two evenly sampled traces when the second may lag by up to `maxLag` steps either way. */
export function bestLag(a: readonly number[], b: readonly number[], maxLag: number): { lag: number; score: number } {
  let best = { lag: 0, score: -1 };
  for (let lag = -maxLag; lag <= maxLag; lag++) {
    const score = lag >= 0 ? correlation(a.slice(0, a.length - lag), b.slice(lag)) : correlation(a.slice(-lag), b.slice(0, b.length + lag));
    if (score > best.score) best = { lag, score };
  }
  return best;
}
