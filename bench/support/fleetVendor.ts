import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFleetNode, type FleetBehaviour } from './fleetNode.js';

/** A simulated vendor: nodes of which a part is bad, and a discovery that knows no better than the nodes say. */
export interface FleetVendor {
  readonly discoveryUrl: string;
  /** Makes these nodes bad and all others good. */
  spoil(firstBad: number): Promise<void>;
  close(): Promise<void>;
}

/** Each way to be bad as often as the others, in turn. */
const BAD: readonly FleetBehaviour[] = ['refusing', 'mute', 'occupied', 'slow', 'leaving'];

export async function startFleetVendor({ nodes: count, badNodes }: { readonly nodes: number; readonly badNodes: number }): Promise<FleetVendor> {
  // Good nodes are of two or three regions.
  const nodes = await Promise.all(Array.from({ length: count }, (_, index) => startFleetNode(20 + 40 * (index % 3))));
  const server = createServer((_request, response) => {
    const instances = nodes.map((node, index) => ({
      ip: '127.0.0.1',
      port: node.port,
      avatar_id: 'bench',
      status: node.isOccupied ? 'occupied' : 'available',
      healthy: true,
      index,
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 1000, msg: 'OK', data: { instances } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    discoveryUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    async spoil(firstBad) {
      const behaviours = nodes.map((_, index): FleetBehaviour => {
        const place = (index - firstBad + count) % count;
        return place < badNodes ? (BAD[place % BAD.length] ?? 'good') : 'good';
      });
      await Promise.all(nodes.map((node, index) => node.behave(behaviours[index] ?? 'good')));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}
