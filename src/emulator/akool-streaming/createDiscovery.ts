import { Hono } from 'hono';
import type { Clock } from '../../clock/clock.js';
import { AKOOL_CODE, AKOOL_DISCOVERY_PATH } from '../../services/akool-streaming/messages.js';
import type { Faults } from '../faults/createFaults.js';
import type { EmulatedNode } from './createNode.js';
import { describeInstances } from './describeInstances.js';

export interface DiscoveryOptions {
  readonly apiKey: string;
  /** Address at which clients reach the nodes. */
  readonly ip: string;
  readonly nodes: readonly EmulatedNode[];
  readonly faults: Faults;
  readonly clock: Clock;
}

/**
 * The vendor's service discovery. `group_name` is accepted and ignored: the emulator has one group.
 */
export function createDiscovery({ apiKey, ip, nodes, faults, clock }: DiscoveryOptions): Hono {
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
    return context.json({ code: AKOOL_CODE.ok, msg: 'OK', data: { instances: describeInstances(nodes, ip, faults) } });
  });
  return app;
}

/** Resolves after `delayMs`, or when the client has given up. */
function waitFor(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(resolve, delayMs);
    signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
  });
}
