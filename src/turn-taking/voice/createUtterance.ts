/** The sound of what is being said. */
export interface Utterance {
  /** How many samples there are. */
  readonly samples: number;
  /** Takes the next ones: Int16Array [samples]; copied. */
  push(samples: Int16Array): void;
  /** Hands out the whole and begins anew: Float32Array [samples], -1 to 1. */
  take(): Float32Array;
  clear(): void;
}

const FIRST_CAPACITY = 16_000;

/** @param isKept whether anybody wants the sound; else only its length is known. */
export function createUtterance(isKept: boolean): Utterance {
  let kept = new Int16Array(isKept ? FIRST_CAPACITY : 0);
  let length = 0;

  function reserve(needed: number): void {
    if (needed <= kept.length) return;
    const larger = new Int16Array(Math.max(needed, 2 * kept.length));
    larger.set(kept.subarray(0, length));
    kept = larger;
  }

  return {
    get samples() {
      return length;
    },
    push(samples) {
      if (isKept) {
        reserve(length + samples.length);
        kept.set(samples, length);
      }
      length += samples.length;
    },
    take() {
      const audio = new Float32Array(isKept ? length : 0);
      for (let n = 0; n < audio.length; n++) audio[n] = (kept[n] ?? 0) / 32768;
      length = 0;
      return audio;
    },
    clear() {
      length = 0;
    },
  };
}
