/** The last few milliseconds of a sound that is cut off: what keeps the cut from clicking. */
export interface Fade {
  /** True while some of it is still to be played. */
  readonly pending: boolean;
  /** Where the sound to be faded goes: Float32Array [samples]. Fill it, then `begin`. */
  readonly samples: Float32Array;
  /** Fades what the first `length` of `samples` hold, and holds the last of them (`last` when there is none) for the rest. */
  begin(length: number, last: number): void;
  /** Writes to `output[start]` on; returns how many samples were written. */
  read(output: Float32Array, start: number): number;
}

/** Short enough to be silence for a listener, long enough not to click; `clear()` promises at most 8 ms. */
const FADE_MS = 5;

/** Makes a fade of 5 ms along half a cosine. Allocates nothing after it has been made. */
export function createFade(sampleRateHz: number): Fade {
  const length = Math.round((sampleRateHz * FADE_MS) / 1000);
  const gain = Float32Array.from({ length }, (_, i) => 0.5 + 0.5 * Math.cos((Math.PI * (i + 1)) / length));
  const samples = new Float32Array(length);
  let position = length;

  return {
    get pending() {
      return position < length;
    },
    samples,
    begin(filled, last) {
      const held = filled > 0 ? (samples[filled - 1] ?? 0) : last;
      for (let i = 0; i < length; i++) samples[i] = (i < filled ? (samples[i] ?? 0) : held) * (gain[i] ?? 0);
      position = 0;
    },
    read(output, start) {
      const count = Math.min(length - position, output.length - start);
      for (let i = 0; i < count; i++) output[start + i] = samples[position + i] ?? 0;
      position += count;
      return count;
    },
  };
}
