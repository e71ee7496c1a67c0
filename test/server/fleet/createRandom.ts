/** Chance that is the same again for the same seed. */
export interface Random {
  /** A number from `low` to below `high`. */
  between(low: number, high: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
}

/** The finalizer of MurmurHash3 over a counter. @see https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }
  const between = (low: number, high: number): number => low + next() * (high - low);
  return { between, percent: (share) => between(0, 100) < share };
}
