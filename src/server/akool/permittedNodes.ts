import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { nodeKey, type AvatarNode } from './avatarNode.js';
import { normaliseHost } from './ipAddress.js';

/**
 * The nodes that are free and that this server may connect to, each once, its host as a URL parser spells it: a node that were known by
 * two names would be promised to two sessions.
 */
export function permittedNodes({ hostPolicy, portPolicy, log }: Pick<AvatarServerConfig, 'hostPolicy' | 'portPolicy' | 'log'>, nodes: readonly AvatarNode[]): AvatarNode[] {
  const free = nodes.filter(({ available }) => available);
  const permitted = free.filter(({ host, port }) => hostPolicy.permitsHost(host) && portPolicy.permitsPort(port));
  if (permitted.length < free.length)
    log({
      level: 'warn',
      event: 'node-refuse',
      message: 'Discovery named hosts or ports that this server may not connect to. If they are right, see akool.allowedHosts and akool.refusedPorts.',
      context: { refused: free.length - permitted.length, permitted: permitted.length },
    });
  const canonical = permitted.map((node) => ({ ...node, host: normaliseHost(node.host) ?? node.host }));
  return [...new Map(canonical.map((node) => [nodeKey(node), node])).values()];
}
