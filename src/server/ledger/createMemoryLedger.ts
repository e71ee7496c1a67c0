import { systemServerClock, type ServerClock } from '../serverClock.js';
import type { ServerLedger } from './ledger.js';
import { createLedgerMaps } from './memory/createLedgerMaps.js';
import { createLiveSessionMemory } from './memory/createLiveSessionMemory.js';
import { createNodeHealthMemory } from './memory/createNodeHealthMemory.js';
import { createRateMemory } from './memory/createRateMemory.js';
import { createSeatMemory } from './memory/createSeatMemory.js';
import { createTicketMemory } from './memory/createTicketMemory.js';
import { createVendorSessionMemory } from './memory/createVendorSessionMemory.js';

export interface MemoryLedgerOptions {
  /** Most entries of each kind. Default 100,000. */
  readonly maxEntries?: number;
  readonly clock?: ServerClock;
}

/**
 * A ledger in the memory of one process, for servers with a single instance.
 *
 * @example
 * ```ts
 * const options = { ...rest, ledger: createMemoryLedger() };
 * const handler = createAvatarHandler(options);
 * const relay = createRelay(options);
 * ```
 */
export function createMemoryLedger({ maxEntries = 100_000, clock = systemServerClock }: MemoryLedgerOptions = {}): ServerLedger {
  const epochMs = (): number => clock.epochMs();
  const maps = createLedgerMaps(maxEntries, epochMs);
  return {
    ...createTicketMemory(maps),
    ...createSeatMemory(maps),
    ...createNodeHealthMemory(maps),
    ...createRateMemory(maps),
    liveSessions: createLiveSessionMemory(epochMs),
    vendorSessions: createVendorSessionMemory(maxEntries, epochMs),
    shared: false,
    check: async () => undefined,
  };
}
