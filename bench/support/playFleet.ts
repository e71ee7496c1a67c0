import { startFleetServer } from './fleetServer.js';
import { playFleetSession, type FleetSessionResult } from './fleetSession.js';
import { startFleetVendor } from './fleetVendor.js';

export interface FleetPlay {
  readonly choice: 'ours' | 'random';
  /** Whether other nodes go bad after half of the sessions, and the bad ones recover. */
  readonly shifts: boolean;
  readonly nodes: number;
  readonly badNodes: number;
  readonly sessions: number;
  readonly atTheSameTime: number;
}

/** Plays all sessions against a fleet and a server of their own, which begin with no knowledge of each other. */
export async function playFleet({ choice, shifts, nodes, badNodes, sessions, atTheSameTime }: FleetPlay): Promise<FleetSessionResult[]> {
  const vendor = await startFleetVendor({ nodes, badNodes });
  const server = await startFleetServer(vendor.discoveryUrl, choice);
  const results: FleetSessionResult[] = [];
  let begun = 0;
  async function visitors(): Promise<void> {
    while (begun < sessions) {
      begun += 1;
      if (shifts && begun === sessions / 2) await vendor.spoil(nodes / 2);
      results.push(await playFleetSession(server.baseUrl, server.origin));
    }
  }
  try {
    await vendor.spoil(0);
    await Promise.all(Array.from({ length: atTheSameTime }, visitors));
    return results;
  } finally {
    await server.close();
    await vendor.close();
  }
}
