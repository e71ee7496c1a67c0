/** A line through samples. */
export interface Trend {
  /** What is added with each step to the right. */
  readonly slope: number;
  /** Standard error of the slope, from how far the samples lie from the line. */
  readonly error: number;
}

/** A point: what was measured, and when or after how many. */
export type Point = readonly [at: number, value: number];

/** Fewer lie on a line too easily. */
const MIN_POINTS = 6;

/**
 * Least squares. @returns null when there are too few points to tell.
 * @see https://en.wikipedia.org/wiki/Simple_linear_regression#Normality_assumption
 */
export function trendOf(points: readonly Point[]): Trend | null {
  if (points.length < MIN_POINTS) return null;
  const meanAt = mean(points.map(([at]) => at));
  const meanValue = mean(points.map(([, value]) => value));
  const spread = points.reduce((sum, [at]) => sum + (at - meanAt) ** 2, 0);
  if (spread === 0) return null;
  const slope = points.reduce((sum, [at, value]) => sum + (at - meanAt) * (value - meanValue), 0) / spread;
  const rest = points.reduce((sum, [at, value]) => sum + (value - meanValue - slope * (at - meanAt)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
