import type { Faults } from '../faults/createFaults.js';
import type { EmulatedNode } from './createNode.js';

/** One entry of the discovery body, all six keys as the vendor's client requires them. */
export interface DiscoveryInstance {
  readonly ip: string;
  readonly port: number;
  readonly avatar_id: string;
  readonly status: 'available' | 'occupied';
  readonly healthy: boolean;
  readonly index: number;
}

/** The face that every node says it shows. Any other avatar_id is served as well. */
const EMULATED_AVATAR_ID = 'visavis-emulator';

/** What discovery says of the nodes at this moment. */
export function describeInstances(nodes: readonly EmulatedNode[], ip: string, faults: Faults): DiscoveryInstance[] {
  const allSick = faults.take('no-healthy-node', {}) !== null;
  return nodes.map((node) => ({
    ip,
    port: node.port,
    avatar_id: EMULATED_AVATAR_ID,
    status: node.occupied ? 'occupied' : 'available',
    healthy: !allSick && faults.find('refuse-node', { node: node.index })?.unhealthy !== true,
    index: node.index,
  }));
}
