/** Random numbers that are the same in every run. */
export interface Random {
  /** 0 up to 1. */
  next(): number;
  between(low: number, high: number): number;
  /** About normal: mean 0, deviation 1. */
  gauss(): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** @see Mulberry32, by Tommy Ettinger */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    gauss: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
  };
}
