import type { ServerLedger } from '../ledger.js';
import { FAILURE_HALF_LIFE_MS, LATENCY_SHARE, NEGLIGIBLE_FAILURES, NODE_MEMORY_MS } from '../nodeHealth.js';
import type { LedgerMaps } from './createLedgerMaps.js';

/** The health of nodes in the memory of one process. */
export function createNodeHealthMemory({ newMap, remember, epochMs }: LedgerMaps): Pick<ServerLedger, 'reportNode' | 'readNodes'> {
  const latencies = newMap<number>();
  const failures = newMap<{ readonly score: number; readonly at: number }>();

  function failureScore(node: string): number {
    const entry = failures.get(node);
    if (entry === undefined) return 0;
    const score = entry.score * 0.5 ** ((epochMs() - entry.at) / FAILURE_HALF_LIFE_MS);
    return score < NEGLIGIBLE_FAILURES ? 0 : score;
  }

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async reportNode(node, outcome) {
      const now = epochMs();
      if (outcome.kind === 'failure') return remember(failures, node, { score: failureScore(node) + 1, at: now }, now + NODE_MEMORY_MS);
      const known = latencies.get(node) ?? outcome.latencyMs;
      remember(latencies, node, known + LATENCY_SHARE * (outcome.latencyMs - known), now + NODE_MEMORY_MS);
      failures.delete(node);
    },
    readNodes: async (nodes) => nodes.map((node) => ({ failures: failureScore(node), latencyMs: latencies.get(node) ?? null })),
  };
}
