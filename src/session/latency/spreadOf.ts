import type { LatencySpread } from './TurnMetrics.js';

/** The median and the 95th percentile, by the nearest rank; null for no values. */
export function spreadOf(values: readonly number[]): LatencySpread | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [p50, p95] = [at(0.5), at(0.95)];
  return p50 === undefined || p95 === undefined ? null : { count: sorted.length, p50, p95 };
}
