/** Keeps what a node received, up to a bound. */
export interface Recording {
  /** Copies the samples: Int16Array [samples], mono, 16 kHz. */
  append(samples: Int16Array): void;
  readonly sampleCount: number;
  /** True when the bound was reached and later samples are missing. */
  readonly cut: boolean;
  /** Everything kept, in one piece. */
  samples(): Int16Array;
}

/** Makes an empty recording that keeps at most `maxSamples`. */
export function createRecording(maxSamples: number): Recording {
  const chunks: Int16Array[] = [];
  let sampleCount = 0;
  let cut = false;
  return {
    append(samples) {
      const kept = samples.slice(0, maxSamples - sampleCount);
      if (kept.length < samples.length) cut = true;
      if (kept.length === 0) return;
      chunks.push(kept);
      sampleCount += kept.length;
    },
    get sampleCount() {
      return sampleCount;
    },
    get cut() {
      return cut;
    },
    samples() {
      const all = new Int16Array(sampleCount);
      let offset = 0;
      for (const chunk of chunks) {
        all.set(chunk, offset);
        offset += chunk.length;
      }
      return all;
    },
  };
}
