import type { ServerClock } from '../../serverClock.js';

export interface QueryCacheOptions {
  readonly clock: ServerClock;
  readonly ttlMs: number;
  /** How long after that an answer is still given when a fresh one cannot be had. */
  readonly staleMs: number;
  readonly maxEntries: number;
  /** An old answer was given because no new one could be had. */
  readonly onStale: () => void;
}

/** Remembers answers by their query. */
export interface QueryCache {
  /**
   * What is fresh, else what `load` brings; what was, while `load` fails.
   *
   * @param key holds the kind of the answer, so that one key never has answers of two types.
   */
  read<Answer>(key: string, load: () => Promise<Answer>): Promise<Answer>;
}

interface Entry {
  /** Null until the first answer has come. */
  readonly known: { readonly answer: unknown; readonly until: number } | null;
  readonly freshUntil: number;
  readonly loading: Promise<unknown> | null;
}

/** After a failure what is known is given for so long before the source is asked again. */
const FAILURE_PAUSE_MS = 5_000;

/** Makes a cache in which each query is under way once at most, however many wait for it. The one read longest ago makes room. */
export function createQueryCache({ clock, ttlMs, staleMs, maxEntries, onStale }: QueryCacheOptions): QueryCache {
  const entries = new Map<string, Entry>();

  function store(key: string, entry: Entry): void {
    // Deleted first so that the order of the map is the order of use.
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size <= maxEntries) return;
    const oldest = entries.keys().next();
    if (oldest.done !== true) entries.delete(oldest.value);
  }

  async function refresh(key: string, known: Entry['known'], load: () => Promise<unknown>): Promise<unknown> {
    try {
      const answer = await load();
      const now = clock.epochMs();
      store(key, { known: { answer, until: now + ttlMs + staleMs }, freshUntil: now + ttlMs, loading: null });
      return answer;
    } catch (error) {
      const now = clock.epochMs();
      if (known === null || known.until <= now) {
        entries.delete(key);
        throw error;
      }
      store(key, { known, freshUntil: now + FAILURE_PAUSE_MS, loading: null });
      onStale();
      return known.answer;
    }
  }

  return {
    async read<Answer>(key: string, load: () => Promise<Answer>): Promise<Answer> {
      const entry = entries.get(key);
      const known = entry?.known ?? null;
      const isFresh = entry !== undefined && known !== null && entry.freshUntil > clock.epochMs();
      const loading = isFresh ? null : (entry?.loading ?? refresh(key, known, load));
      store(key, { known, freshUntil: entry?.freshUntil ?? 0, loading });
      // Whatever stands under a key was put there by a `load` of the same key, and so of the same type.
      return (loading === null ? known?.answer : await loading) as Answer;
    },
  };
}
