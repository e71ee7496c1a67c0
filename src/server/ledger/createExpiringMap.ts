/** A map whose entries lapse, and which never holds more than `maxEntries`. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  /** False when the map is full of live entries and `key` is not one of them. */
  set(key: string, value: Value, expiresAt: number): boolean;
  delete(key: string): void;
  /** Drops the entry that was written first. */
  deleteOldest(): void;
  readonly size: number;
}

/** Entries lapse when looked at or when room is needed, so that no timer is held. */
export function createExpiringMap<Value>(maxEntries: number, epochMs: () => number): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>();

  function dropExpired(): void {
    const now = epochMs();
    for (const [key, entry] of entries) if (entry.expiresAt <= now) entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAt > epochMs()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, expiresAt) {
      if (!entries.has(key) && entries.size >= maxEntries) {
        dropExpired();
        if (entries.size >= maxEntries) return false;
      }
      // Deleted first so that the order of the map is the order of writing.
      entries.delete(key);
      entries.set(key, { value, expiresAt });
      return true;
    },
    delete: (key) => void entries.delete(key),
    deleteOldest() {
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    },
    get size() {
      return entries.size;
    },
  };
}
