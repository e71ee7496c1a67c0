/** Random numbers that a seed repeats. */
export interface EchoRandom {
  /** 0 to 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Mean 0, variance about 1. */
  normal(): number;
  chance(probability: number): boolean;
}

/** @see Xorshift RNGs, George Marsaglia, 2003 */
export function createEchoRandom(seed: number): EchoRandom {
  let state = Math.imul(seed + 1, 0x9e37_79b1) | 1;
  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  }
  // Neighbouring seeds begin alike.
  for (let i = 0; i < 16; i++) next();
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => (next() + next() - 1) * Math.sqrt(6),
    chance: (probability) => next() < probability,
  };
}
