/** Random numbers that depend on nothing but the seed and what they are asked for. */
export interface Noise {
  /** Uniform in [0, 1), the same for the same stream and index. */
  at(stream: number, index: number): number;
}

/**
 * Idle motion has to be a pure function of time, so its chance is looked up by index instead of drawn from a generator.
 *
 * @param seed - Any number; its integer part counts.
 * @see https://github.com/skeeto/hash-prospector for the constants of the integer hash
 */
export function createNoise(seed: number): Noise {
  const scramble = (value: number): number => {
    let x = value | 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return (x ^ (x >>> 16)) >>> 0;
  };
  const root = scramble(Math.trunc(seed) + 0x9e3779b9);
  return {
    at: (stream, index) => scramble(scramble(root + Math.imul(stream, 0x85ebca6b)) + Math.imul(index, 0xc2b2ae35)) / 2 ** 32,
  };
}
