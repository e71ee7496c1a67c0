/** Delays grow from this, doubling, */
const BASE_MS = 250;
/** to this. */
const CAP_MS = 8000;
/** An avatar that asked to be left alone for a moment gets at least this. */
const TOO_SOON_MS = 1000;

/**
 * How long to wait before attempt number `attempt` (1, 2, ...): exponential with jitter, so that a fleet of pages
 * does not come back all at once. The first attempt after a loss follows almost at once.
 *
 * @param random 0 to 1
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay(attempt: number, random: number, tooSoon: boolean): number {
  const fullMs = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  return Math.max(tooSoon ? TOO_SOON_MS : 0, fullMs / 2 + (random * fullMs) / 2);
}
