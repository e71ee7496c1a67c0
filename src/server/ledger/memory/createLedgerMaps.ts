import { createExpiringMap, type ExpiringMap } from '../createExpiringMap.js';

/** What the parts of a ledger in memory are made of. */
export interface LedgerMaps {
  /** A map of bounded size whose entries lapse. */
  newMap<Value>(): ExpiringMap<Value>;
  /** For what may be forgotten early: an old entry makes room for a new one. */
  remember<Value>(map: ExpiringMap<Value>, key: string, value: Value, expiresAt: number): void;
  /** Milliseconds since the epoch. */
  readonly epochMs: () => number;
}

/** @param maxEntries of each map. */
export function createLedgerMaps(maxEntries: number, epochMs: () => number): LedgerMaps {
  return {
    epochMs,
    newMap: () => createExpiringMap(maxEntries, epochMs),
    remember(map, key, value, expiresAt) {
      if (map.set(key, value, expiresAt)) return;
      map.deleteOldest();
      map.set(key, value, expiresAt);
    },
  };
}
