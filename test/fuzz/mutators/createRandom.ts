/** Chance that can be repeated. */
export interface Random {
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number;
  /** True so often, 0 to 1. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Any bytes, four to a draw. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Makes the chance of one mutation.
 *
 * @param seed of the run
 * @param index of the mutation, so that each can be repeated without those before it
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#splitmix32
 */
export function createRandom(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) + Math.imul(index + 1, 0xc2b2_ae35)) | 0;
  function next(): number {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0_aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  return {
    below,
    chance: (probability) => next() < probability * 0x1_0000_0000,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0, drawn = 0; at < length; at++, drawn >>>= 8) {
        if ((at & 3) === 0) drawn = next();
        bytes[at] = drawn;
      }
      return bytes;
    },
  };
}
