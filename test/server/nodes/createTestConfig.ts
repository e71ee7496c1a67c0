import { createMemoryLedger, type AvatarServerOptions, type ServerLogEntry } from '../../../src/server.js';
import { avatarSide } from '../../../src/server/avatarSide.js';
import { resolveServerOptions, type AvatarServerConfig } from '../../../src/server/resolveServerOptions.js';
import type { FakeVendor } from '../fakeVendor.js';
import { createManualServerClock, type ManualServerClock } from '../manualServerClock.js';

export interface TestConfig {
  readonly config: AvatarServerConfig;
  readonly clock: ManualServerClock;
  readonly logs: ServerLogEntry[];
  /** Counts and durations as they came, such as `nodeAttempts failure`. */
  readonly figures: string[];
}

/** A server's configuration on a clock that stands still, with a ledger of its own. */
export function createTestConfig(vendor: FakeVendor, akool: Partial<AvatarServerOptions['akool']> = {}): TestConfig {
  const clock = createManualServerClock();
  const logs: ServerLogEntry[] = [];
  const figures: string[] = [];
  const note = (name: string, labels: object): void => void figures.push([name, ...Object.values(labels)].join(' '));
  const config = avatarSide(
    resolveServerOptions({
      secret: 'a-secret-of-at-least-32-bytes-for-tests',
      authorize: () => ({ id: 'ada' }),
      allowedOrigins: [],
      // Ports on which surely nobody listens are among those that are refused.
      akool: { apiKey: vendor.apiKey, discoveryUrl: vendor.discoveryUrl, refusedPorts: [], ...akool },
      channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
      clock,
      ledger: createMemoryLedger({ clock }),
      log: (entry) => logs.push(entry),
      metrics: { count: note, observe: note, gauge: () => () => undefined },
    }),
  );
  return { config, clock, logs, figures };
}
