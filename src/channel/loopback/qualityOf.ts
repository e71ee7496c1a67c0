/** From which round trip and loss on a connection is no better than this. */
const STEPS = [
  { quality: 5, roundTripMs: 1000, lossRate: 0.3 },
  { quality: 4, roundTripMs: 600, lossRate: 0.15 },
  { quality: 3, roundTripMs: 350, lossRate: 0.07 },
  { quality: 2, roundTripMs: 150, lossRate: 0.02 },
] as const;

/**
 * A connection in Agora's numbers: 1 excellent to 5 very bad, 0 while unknown. How Agora weighs is not published.
 *
 * @param roundTripMs 0 while unknown
 * @param lossRate 0 to 1
 */
export function qualityOf(roundTripMs: number, lossRate: number): number {
  if (roundTripMs <= 0) return 0;
  return STEPS.find((step) => roundTripMs >= step.roundTripMs || lossRate >= step.lossRate)?.quality ?? 1;
}
