import { Hono } from 'hono';
import type { Clock } from '../../clock/clock.js';
import { AKOOL_CODE, AKOOL_DISCOVERY_PATH } from '../../services/akool-streaming/messages.js';
import type { Faults } from '../faults/createFaults.js';
import type { EmulatedNode } from './createNode.js';
import { describeInstances, type DiscoveryInstance } from './describeInstances.js';

/** An address that only this machine knows, where clouds keep their keys; and a port that answers nobody. */
const LIES: readonly DiscoveryInstance[] = [
  { ip: '169.254.169.254', port: 80, avatar_id: 'visavis-emulator', status: 'available', healthy: true, index: 0 },
  { ip: '127.0.0.1', port: 9, avatar_id: 'visavis-emulator', status: 'available', healthy: true, index: 1 },
];

/** `instances` as the vendor's client reads them, or what the vendor's `readme` shows. */
export type DiscoveryBody = 'instances' | 'readme';

export interface DiscoveryOptions {
  readonly apiKey: string;
  /** Address at which clients reach the nodes. */
  readonly ip: string;
  readonly body: DiscoveryBody;
  readonly nodes: readonly EmulatedNode[];
  readonly faults: Faults;
  readonly clock: Clock;
}

/**
 * The vendor's service discovery. `group_name` is accepted and ignored: the emulator has one group.
 */
export function createDiscovery({ apiKey, ip, body, nodes, faults, clock }: DiscoveryOptions): Hono {
  const app = new Hono();
  app.get(AKOOL_DISCOVERY_PATH, async (context) => {
    if (context.req.header('api_key') !== apiKey) {
      return context.json({ code: AKOOL_CODE.badKey, msg: 'Invalid or missing api_key', data: null }, 401);
    }
    const down = faults.take('discovery-down', {});
    if (down) {
      if (down.delayMs) await waitFor(clock, down.delayMs, context.req.raw.signal);
      return context.text('Service Unavailable (fault discovery-down)', 503);
    }
    const odd = faults.take('discovery-code', {});
    if (odd) return context.json({ code: odd.code ?? 5000, msg: 'Something went wrong (fault discovery-code)', data: null });
    const instances = faults.take('discovery-lies', {}) ? LIES : describeInstances(nodes, ip, faults);
    if (body === 'readme') return context.json({ success: true, data: { services: instances.map(toService) } });
    return context.json({ code: AKOOL_CODE.ok, msg: 'OK', data: { instances } });
  });
  return app;
}

/** What the README leaves out cannot be told: a node that is taken or sick is just not active. */
function toService({ ip, port, status, healthy }: DiscoveryInstance): Readonly<Record<string, unknown>> {
  return { host: ip, port, status: healthy && status === 'available' ? 'active' : 'inactive' };
}

/** Resolves after `delayMs`, or when the client has given up. */
function waitFor(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(resolve, delayMs);
    signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
  });
}
