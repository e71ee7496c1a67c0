import type { AvatarError } from '../errors/AvatarError.js';

/** Delays grow from this, doubling, */
const BASE_MS = 250;
/** to this. */
const CAP_MS = 8000;
/** An avatar that asked to be left alone for a moment gets at least this. */
const TOO_SOON_MS = 1000;
/** A server that asks for more than this is asked again all the same. */
const MOST_ASKED_FOR_MS = 60_000;

/**
 * How long to wait before attempt number `attempt` (1, 2, ...): exponential with jitter, so that a fleet of pages
 * does not come back all at once. The first attempt after a loss follows almost at once.
 *
 * @param random 0 to 1
 * @param notBeforeMs what the other side has asked for: see {@link waitAskedFor}.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay(attempt: number, random: number, notBeforeMs: number): number {
  const fullMs = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  return Math.max(notBeforeMs, fullMs / 2 + (random * fullMs) / 2);
}

/** How long whoever refused asks to be left alone, ms. */
export function waitAskedFor({ reason, context: { retryAfterMs } }: AvatarError): number {
  if (reason === 'reconnect-too-soon') return TOO_SOON_MS;
  if (reason !== 'rate-limited' || typeof retryAfterMs !== 'number') return 0;
  return Math.min(retryAfterMs, MOST_ASKED_FOR_MS);
}
