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
}

/** Entries that are kept; the oldest go first. */
const MAX_ENTRIES = 500;

/** The transcript after `role` has said `text` so far: the open entry of that role changes, or a new one begins. */
export function addToTranscript(entries: readonly TranscriptEntry[], turnId: number, said: Pick<TranscriptEntry, 'role' | 'text' | 'final'>): readonly TranscriptEntry[] {
  const index = entries.findLastIndex((entry) => entry.role === said.role);
  const last = entries[index];
  if (last && !last.final) return entries.with(index, { ...last, text: said.text, final: said.final });
  const entry: TranscriptEntry = { id: (entries.at(-1)?.id ?? 0) + 1, turnId, interrupted: false, ...said };
  return [...entries.slice(-(MAX_ENTRIES - 1)), entry];
}

/** The transcript after an interrupt: what the assistant was saying is closed and marked. */
export function interruptTranscript(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const index = entries.findLastIndex((entry) => entry.role === 'assistant');
  const last = entries[index];
  if (!last || last.final) return entries;
  return entries.with(index, { ...last, final: true, interrupted: true });
}
