import { systemServerClock, type ServerClock } from '../serverClock.js';
import { createExpiringMap, type ExpiringMap } from './createExpiringMap.js';
import { createVendorSessionMemory } from './createVendorSessionMemory.js';
import { createLiveSessionMemory } from './createLiveSessionMemory.js';
import type { ServerLedger } from './ledger.js';

export interface MemoryLedgerOptions {
  /** Most entries of each kind. Default 100,000. */
  readonly maxEntries?: number;
  readonly clock?: ServerClock;
}

/** A failure counts half after this long: a node that was restarted is soon tried again. */
const FAILURE_HALF_LIFE_MS = 30_000;
/** Below this a failure no longer matters (about three half-lives). */
const NEGLIGIBLE_FAILURES = 0.1;
const FAILURE_MEMORY_MS = 600_000;
/** How much of a new latency goes into what is known. */
const LATENCY_SHARE = 0.3;

/**
 * A ledger in the memory of one process, for servers with a single instance.
 *
 * @example
 * ```ts
 * const options = { ...rest, ledger: createMemoryLedger() };
 * const handler = createAvatarHandler(options);
 * const relay = createRelay(options);
 * ```
 */
export function createMemoryLedger(options: MemoryLedgerOptions = {}): ServerLedger {
  const clock = options.clock ?? systemServerClock;
  const maxEntries = options.maxEntries ?? 100_000;
  const newMap = <Value>(): ExpiringMap<Value> => createExpiringMap<Value>(maxEntries, () => clock.epochMs());

  const spentTickets = newMap<true>();
  const endedSessions = newMap<true>();
  const reservations = newMap<string>();
  const seats = newMap<string>();
  const latencies = newMap<number>();
  const failures = newMap<{ readonly score: number; readonly at: number }>();
  const counters = newMap<{ readonly count: number; readonly endsAt: number }>();

  /** For what may be forgotten early: an old entry makes room for a new one. */
  function remember<Value>(map: ExpiringMap<Value>, key: string, value: Value, expiresAt: number): void {
    if (map.set(key, value, expiresAt)) return;
    map.deleteOldest();
    map.set(key, value, expiresAt);
  }

  function failureScore(node: string): number {
    const entry = failures.get(node);
    if (entry === undefined) return 0;
    const score = entry.score * 0.5 ** ((clock.epochMs() - entry.at) / FAILURE_HALF_LIFE_MS);
    return score < NEGLIGIBLE_FAILURES ? 0 : score;
  }

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async spendTicket(ticketId, expiresAt) {
      if (spentTickets.get(ticketId) === true) return false;
      // When full, refuse: forgetting a spent ticket would let it be used again.
      return spentTickets.set(ticketId, true, expiresAt);
    },
    async reserveNode(node, holder, expiresAt) {
      const current = reservations.get(node);
      if (current !== undefined && current !== holder) return false;
      remember(reservations, node, holder, expiresAt);
      return true;
    },
    async releaseNode(node, holder) {
      if (reservations.get(node) === holder) reservations.delete(node);
    },
    async reportNode(node, outcome) {
      const now = clock.epochMs();
      if (outcome.kind === 'success') {
        const known = latencies.get(node);
        remember(latencies, node, known === undefined ? outcome.latencyMs : known + LATENCY_SHARE * (outcome.latencyMs - known), now + FAILURE_MEMORY_MS);
        return failures.delete(node);
      }
      remember(failures, node, { score: failureScore(node) + 1, at: now }, now + FAILURE_MEMORY_MS);
    },
    readNodes: async (nodes) => nodes.map((node) => ({ failures: failureScore(node), latencyMs: latencies.get(node) ?? null })),
    async endSession(session, expiresAt) {
      remember(endedSessions, session, true, expiresAt);
    },
    isSessionEnded: async (session) => endedSessions.get(session) === true,
    async takeSeat(seat, connection, expiresAt) {
      remember(seats, seat, connection, expiresAt);
    },
    async holdsSeat(seat, connection) {
      return (seats.get(seat) ?? connection) === connection;
    },
    async consume(key, { points, windowMs }) {
      const running = counters.get(key);
      const endsAt = running?.endsAt ?? clock.epochMs() + windowMs;
      const count = (running?.count ?? 0) + 1;
      remember(counters, key, { count, endsAt }, endsAt);
      const allowed = count <= points;
      return { allowed, retryAfterMs: allowed ? 0 : endsAt - clock.epochMs() };
    },
    liveSessions: createLiveSessionMemory(() => clock.epochMs()),
    vendorSessions: createVendorSessionMemory(maxEntries, () => clock.epochMs()),
    shared: false,
    check: async () => undefined,
  };
}
