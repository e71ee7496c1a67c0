/** Something that was said. */
export interface TranscriptEntry {
  /** Grows by one with every entry of a session. */
  readonly id: number;
  readonly turnId: number;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** False while the text may still change. */
  readonly final: boolean;
  /** True when the assistant was cut short while saying it. */
  readonly interrupted: boolean;
  /** What would have followed `text` in a reply that was cut short, where the service knows how much of it was heard. */
  readonly unheard?: string;
  /** When it began to be said, milliseconds since the epoch; absent where nobody has noted it. */
  readonly startedAt?: number;
  /** When its text changed last, milliseconds since the epoch. */
  readonly changedAt?: number;
}

/** What a service tells of somebody's words. */
export type TranscriptNews = Pick<TranscriptEntry, 'role' | 'text' | 'final' | 'unheard'> & { readonly atMs?: number };

/** Entries that are kept; the oldest go first. */
const MAX_ENTRIES = 500;

/** The transcript after `role` has said `text` so far: the open entry of that role changes, or a new one begins. */
export function addToTranscript(entries: readonly TranscriptEntry[], turnId: number, { role, text, final, unheard, atMs }: TranscriptNews): readonly TranscriptEntry[] {
  const index = entries.findLastIndex((entry) => entry.role === role);
  const last = entries[index];
  const news = { text, final, ...(unheard === undefined ? {} : { unheard, interrupted: true }), ...(atMs === undefined ? {} : { changedAt: atMs }) };
  if (last && !last.final) return entries.with(index, { ...last, ...news });
  const started = atMs === undefined ? {} : { startedAt: atMs };
  const entry: TranscriptEntry = { id: (entries.at(-1)?.id ?? 0) + 1, turnId, role, interrupted: false, ...started, ...news };
  return [...entries.slice(-(MAX_ENTRIES - 1)), entry];
}

/** The transcript after an interrupt: what the assistant was saying is closed and marked. */
export function interruptTranscript(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const index = entries.findLastIndex((entry) => entry.role === 'assistant');
  const last = entries[index];
  if (!last || last.final) return entries;
  return entries.with(index, { ...last, final: true, interrupted: true });
}
