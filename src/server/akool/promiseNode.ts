import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { nodeKey, type AvatarNode } from './avatarNode.js';
import { discoverNodes } from './discoverNodes.js';
import { rankNodes } from './rankNodes.js';

/** Discovery shows a node as free until somebody connects: for this long it is not given to a second browser. */
const PROMISE_MS = 10_000;

export interface NodeWish {
  readonly avatarId: string;
  /** Key of the session, which holds the promise. */
  readonly holder: string;
  /** The node that this session had before. */
  readonly avoid: string | null;
  readonly signal: AbortSignal;
}

/**
 * Finds a free node and promises it to the session for a moment.
 *
 * @throws `no-avatar-available`, and whatever {@link discoverNodes} throws.
 */
export async function promiseNode(config: AvatarServerConfig, { avatarId, holder, avoid, signal }: NodeWish): Promise<AvatarNode> {
  const nodes = await discoverNodes(config, signal);
  const free = nodes.filter((node) => node.available);
  const permitted = free.filter((node) => config.hostPolicy.permitsHost(node.host));
  if (permitted.length < free.length)
    config.log({
      level: 'warn',
      event: 'node-refuse',
      message: 'Discovery named hosts that this server may not connect to. If they are yours, add them to akool.allowedHosts.',
      context: { refused: free.length - permitted.length, permitted: permitted.length },
    });
  const health = await config.ledger.readNodes(permitted.map(nodeKey));
  for (const node of rankNodes({ nodes: permitted, failures: health.map(({ failures }) => failures), avatarId, avoid })) {
    if (await config.ledger.reserveNode(nodeKey(node), holder, config.clock.epochMs() + PROMISE_MS)) return node;
  }
  throw new AvatarError('no-avatar-available', {
    message: 'No avatar is free right now. Try again shortly.',
    context: { known: nodes.length, free: free.length, permitted: permitted.length },
  });
}
