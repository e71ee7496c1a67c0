/**
 * One side-by-side benchmark: the default export of a `bench/*.bench.ts`.
 *
 * All contenders do the same work on the same input. The first one is visavis; the others are printed as ratios to it.
 */
export interface Bench {
  /** What is measured, with the amount of work: "Resample 10 s from 48 kHz to 16 kHz". */
  readonly title: string;
  /** Name -> one round of the work. A promise is waited for. */
  readonly contenders: Readonly<Record<string, () => unknown>>;
  /** Rounds that count, for each contender; 30 when left out. */
  readonly rounds?: number;
  /** Called after the last round. */
  readonly close?: () => void | Promise<void>;
}
