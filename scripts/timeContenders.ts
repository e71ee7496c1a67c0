export interface TimeContendersOptions {
  /** Default 30. Short rounds in a large number serve better than long ones: an interruption then spoils few of them. */
  readonly rounds?: number;
}

/**
 * Times pieces of work against each other.
 *
 * Contenders take turns within each round, so that whatever else the machine does meets them alike; the median leaves out what it
 * did. A fifth as many rounds go before, unmeasured, for the compiler.
 *
 * @returns the median milliseconds of each contender, by its name.
 */
export async function timeContenders<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  { rounds = 30 }: TimeContendersOptions = {},
): Promise<Record<Name, number>> {
  const entries = Object.entries<() => unknown>(contenders).map(([name, work]) => ({ name, work, timesMs: new Array<number>() }));
  const warmUpRounds = Math.ceil(rounds / 5);
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const { work, timesMs } of entries) {
      const startedAtMs = performance.now();
      await work();
      if (round >= 0) timesMs.push(performance.now() - startedAtMs);
    }
  }
  return Object.fromEntries(entries.map(({ name, timesMs }) => [name, median(timesMs)])) as Record<Name, number>; // one entry for each name
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
