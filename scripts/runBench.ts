import type { Bench } from './Bench.js';

export interface BenchRow {
  readonly contender: string;
  readonly medianMs: number;
  /** How many times as long as the first contender. */
  readonly ratio: number;
}

/** Contenders take turns, so that whatever else the machine does meets them alike; the median leaves out what it did. */
export async function runBench({ contenders, rounds = 30, close }: Bench): Promise<readonly BenchRow[]> {
  const entries = Object.entries(contenders).map(([name, work]) => ({ name, work, timesMs: new Array<number>() }));
  try {
    const warmUpRounds = Math.ceil(rounds / 5);
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const { work, timesMs } of entries) {
        const startedAtMs = performance.now();
        await work();
        if (round >= 0) timesMs.push(performance.now() - startedAtMs);
      }
    }
  } finally {
    await close?.();
  }
  const firstMs = median(entries[0]?.timesMs ?? []);
  return entries.map(({ name, timesMs }) => ({ contender: name, medianMs: median(timesMs), ratio: median(timesMs) / firstMs }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
