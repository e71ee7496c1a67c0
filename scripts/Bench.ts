/** One measured comparison. */
export interface BenchResult {
  /** What was compared; unique within the bench. */
  readonly case: string;
  readonly ours: number;
  /** The same quantity of whoever we compare with; null where there is nobody. */
  readonly peer: number | null;
  /** `ours / peer` unless given; null without a peer. */
  readonly ratio?: number | null;
  /** Unit of `ours` and `peer`: `ms`, `ns/sample`, `dB`, `frames`. */
  readonly unit: string;
  /** Who the peer is, or what else the reader has to know. */
  readonly note?: string;
  /** Present where more is better; less is everywhere else. */
  readonly better?: 'more';
  /** What happened when, for a chart: milliseconds from the same moment. */
  readonly spans?: readonly BenchSpan[];
}

/** A part of what was measured. */
export interface BenchSpan {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The default export of `bench/NAME.bench.ts`, which `npm run bench -- NAME` runs.
 *
 * Measures as it sees fit, and yields each result as soon as it has it; `scripts/timeContenders.ts` compares times. What it
 * opened it closes in a `finally` of the generator.
 *
 * @example
 * export default {
 *   title: 'Join a thousand strings',
 *   async *run() {
 *     const timesMs = await timeContenders({ join: () => words.join(''), plus: () => words.reduce((a, b) => a + b) });
 *     yield { case: '1,000 words', ours: timesMs.join, peer: timesMs.plus, unit: 'ms' };
 *   },
 * } satisfies Bench;
 */
export interface Bench {
  readonly title: string;
  /** Packages whose versions are printed beside the results. */
  readonly peers?: readonly string[];
  run(): AsyncIterable<BenchResult> | Iterable<BenchResult>;
}
