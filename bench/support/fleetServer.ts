import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener, type AvatarServerOptions, type ServerLedger } from '../../src/server.js';

/** The companion server in front of a simulated fleet. */
export interface FleetServer {
  readonly baseUrl: string;
  readonly origin: string;
  close(): Promise<void>;
}

/** How long a node may take to accept a session before it is given up. Shorter than the default, to keep the bench short. */
export const CONNECT_TIMEOUT_MS = 4_000;

/** @param choice `random`: by chance of what discovery lists, without a probe, and remembering only which nodes are promised. */
export async function startFleetServer(discoveryUrl: string, choice: 'ours' | 'random'): Promise<FleetServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const ledger = createMemoryLedger();
  const unlimited = 1e6;
  const options: AvatarServerOptions = {
    secret: 'a benchmark secret that is longer than 32 bytes',
    authorize: () => ({ id: 'bench' }),
    allowedOrigins: [origin],
    ledger: choice === 'ours' ? ledger : forgetful(ledger),
    akool: { apiKey: 'bench-key', discoveryUrl, defaultAvatarId: 'bench', connectTimeoutMs: CONNECT_TIMEOUT_MS, ...(choice === 'random' && { probeTimeoutMs: 0 }) },
    channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
    limits: { maxGrantsPerMinute: unlimited, maxGrantsPerMinuteInTotal: unlimited, maxSessionsPerSubject: unlimited },
  };
  const relay = createRelay(options);
  const handler = createAvatarHandler(options);
  server.on('request', toNodeListener(handler));
  server.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head));
  return {
    baseUrl: `${origin}/api`,
    origin,
    async close() {
      await handler.close();
      await relay.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Knows of no node how it fared. */
function forgetful(ledger: ServerLedger): ServerLedger {
  return { ...ledger, readNodes: async (nodes) => nodes.map(() => ({ failures: 0, latencyMs: null })) };
}
