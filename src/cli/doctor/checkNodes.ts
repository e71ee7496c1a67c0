import { AvatarError, type AkoolOptions } from '../../server.js';
import { discoverNodes } from '../../server/akool/discoverNodes.js';
import { nodeKey } from '../../server/akool/avatarNode.js';
import { checkReach } from './checkReach.js';
import { findingsOf, type Finding } from './finding.js';
import { akoolConfig } from './vendorConfig.js';

/** Asks discovery, with the key, and tries to reach one node. Nothing is sent to the node. */
export async function checkNodes(akool: AkoolOptions, timeoutMs: number): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('akool');
  try {
    const config = akoolConfig(akool);
    const nodes = await discoverNodes(config, AbortSignal.timeout(timeoutMs), timeoutMs);
    if (nodes.length === 0) return [warn('Discovery takes the key, but names no node.', 'Ask the vendor whether nodes are assigned to your account.')];
    const free = nodes.filter((node) => node.available);
    const counted = free.length > 0 ? ok(`Discovery takes the key: ${nodes.length} nodes, ${free.length} free.`) : warn(`Discovery takes the key, but none of ${nodes.length} nodes is free.`, 'Wait until a session ends, or ask the vendor for more nodes.');
    const permitted = nodes.filter((node) => config.hostPolicy.permitsHost(node.host));
    const [node] = permitted.filter((candidate) => candidate.available).concat(permitted);
    if (node === undefined)
      return [counted, findingsOf('node-address').fail('Discovery names no address that this server may go to.', 'If the nodes are in your own network, name their addresses: --allowed-hosts 10.1.0.0/16')];
    return [counted, await checkReach('node-address', new URL(`ws://${nodeKey(node)}`), AbortSignal.timeout(timeoutMs))];
  } catch (error) {
    if (!AvatarError.isInstance(error)) return [fail('Discovery did not answer in time.', 'See the check of its address, and try again.')];
    if (error.reason === 'key-rejected') return [fail('Discovery rejects the key.', 'Check AKOOL_API_KEY in the vendor’s console, and that it belongs to this discovery.')];
    return [fail(error.message, 'See the check of its address, and try again.')];
  }
}
