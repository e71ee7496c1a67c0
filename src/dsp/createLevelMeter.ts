/** Level of a signal, once every 20 ms. */
export interface LevelMeter {
  /** Root mean square of the last whole 20 ms, 0 to 1. */
  readonly level: number;
  /** Adds a block: Float32Array [samples]. @returns true when `level` is new. */
  push(block: Float32Array): boolean;
}

const PERIOD_MS = 20;

/** Makes a meter that reads 0. Allocates nothing after it has been made. */
export function createLevelMeter(sampleRateHz: number): LevelMeter {
  const period = Math.round((sampleRateHz * PERIOD_MS) / 1000);
  let level = 0;
  let energy = 0;
  let length = 0;
  return {
    get level() {
      return level;
    },
    push(block) {
      for (let i = 0; i < block.length; i++) energy += (block[i] ?? 0) ** 2;
      length += block.length;
      if (length < period) return false;
      level = Math.min(1, Math.sqrt(energy / length));
      energy = 0;
      length = 0;
      return true;
    },
  };
}
