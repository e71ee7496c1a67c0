import { correlation, envelope, findOffset } from './signals.js';

const RATE_HZ = 16_000;

/** How what a node received fits the speech that went into the microphone. */
export interface Uplink {
  /** Samples by which the received sound lies later in the speech. */
  readonly shift: number;
  /** Correlation of all of it. */
  readonly whole: number;
  /** Its worst half second. */
  readonly worst: { readonly score: number; readonly atMs: number };
  /** By how many samples single half seconds lie elsewhere. A gap, a repeated or a missing frame moves all that follows by 160. */
  readonly shifts: readonly number[];
}

/** Lays what was received over the speech, as a whole and in half seconds. Both: Int16Array [samples], mono, 16 kHz. */
export function judgeUplink(source: Int16Array, received: Int16Array): Uplink {
  // Three seconds: in less, one period of the voice may pass for another.
  const middle = Math.floor(received.length / 2) - RATE_HZ;
  const { offset } = findOffset(source, received.subarray(middle, middle + 3 * RATE_HZ));
  const shift = offset - middle;
  const overlap = received.subarray(Math.max(0, -shift), Math.min(received.length, source.length - shift));
  const original = source.subarray(Math.max(0, shift), Math.max(0, shift) + overlap.length);

  const shifts = new Set<number>();
  let worst = { score: 1, atMs: 0 };
  for (let start = 0; start + 8000 <= overlap.length; start += 4000) {
    const piece = overlap.subarray(start, start + 8000);
    if (Math.max(...envelope(piece, 1600)) < 300) continue;
    const from = Math.max(0, start - 1000);
    const found = findOffset(original.subarray(from, start + 9000), piece);
    shifts.add(found.offset + from - start);
    if (found.score < worst.score) worst = { score: found.score, atMs: (start / RATE_HZ) * 1000 };
  }
  return { shift, whole: correlation(original, overlap), worst, shifts: [...shifts] };
}
