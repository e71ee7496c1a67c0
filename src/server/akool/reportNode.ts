import type { NodeOutcome } from '../ledger/ledger.js';
import type { ServerConfig } from '../resolveServerOptions.js';

/**
 * Tells the ledger, for whoever chooses a node next, and the figures how an attempt to reach a node went.
 *
 * @param node its key.
 */
export async function reportNode({ ledger, metrics }: Pick<ServerConfig, 'ledger' | 'metrics'>, node: string, outcome: NodeOutcome): Promise<void> {
  metrics.count('nodeAttempts', { outcome: outcome.kind });
  await ledger.reportNode(node, outcome);
}
