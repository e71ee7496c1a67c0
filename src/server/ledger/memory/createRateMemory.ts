import type { ServerLedger } from '../ledger.js';
import type { LedgerMaps } from './createLedgerMaps.js';

/**
 * Rate limits in the memory of one process, as fixed windows.
 *
 * Not RateLimiterMemory: that one keeps a timer for each key, knows no bound and no clock but the system's.
 */
export function createRateMemory({ newMap, remember, epochMs }: LedgerMaps): Pick<ServerLedger, 'consume'> {
  const counters = newMap<{ readonly count: number; readonly endsAt: number }>();

  return {
    // `async` with nothing to await: the port is asynchronous because other ledgers are.
    async consume(key, { points, windowMs }) {
      const running = counters.get(key);
      const endsAt = running?.endsAt ?? epochMs() + windowMs;
      const count = (running?.count ?? 0) + 1;
      remember(counters, key, { count, endsAt }, endsAt);
      const allowed = count <= points;
      return { allowed, retryAfterMs: allowed ? 0 : endsAt - epochMs() };
    },
  };
}
