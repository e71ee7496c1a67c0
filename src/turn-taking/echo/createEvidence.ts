/** Adds up what speaks for the user, and lets go of it where nothing does. */
export interface Evidence {
  /** What there is now: dB x frames. */
  readonly sum: number;
  /** Takes a frame's decibels; `patience` is what a frame must bring to count at all. */
  push(db: number, patience: number): void;
  clear(): void;
}

/**
 * A cumulative sum: it is as quick as the evidence is strong, where a count of frames would wait as long for a shout as for a murmur.
 *
 * @param mostDb - that one frame may bring: a slammed door is loud but short.
 * @see Page, "Continuous inspection schemes", Biometrika 41, 1954
 */
export function createEvidence(mostDb: number, mostSum: number): Evidence {
  let sum = 0;
  return {
    get sum() {
      return sum;
    },
    push(db, patience) {
      sum = Math.max(0, Math.min(mostSum, sum + Math.min(mostDb, db) - patience));
    },
    clear() {
      sum = 0;
    },
  };
}
