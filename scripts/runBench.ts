import type { Bench, BenchResult, BenchSpan } from './Bench.js';

/** A result as it is printed: one line of `npm run bench -- NAME --json`. */
export interface BenchLine {
  /** Name of the bench: its file in `bench/` without `.bench.ts`. */
  readonly bench: string;
  readonly case: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  readonly note?: string;
  readonly better?: 'more';
  readonly spans?: readonly BenchSpan[];
}

/** Runs a bench and gives each result as it comes. */
export async function* runBench(name: string, bench: Bench): AsyncGenerator<BenchLine> {
  for await (const result of bench.run()) {
    const { case: title, ours, peer, unit, note, better, spans } = result;
    yield { bench: name, case: title, ours, peer, ratio: ratioOf(result), unit, ...(note !== undefined && { note }), ...(better !== undefined && { better }), ...(spans !== undefined && { spans }) };
  }
}

function ratioOf({ ours, peer, ratio }: BenchResult): number | null {
  if (ratio !== undefined) return ratio;
  return peer === null ? null : ours / peer;
}
