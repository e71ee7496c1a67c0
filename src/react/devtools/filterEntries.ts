import type { DevtoolsEntry } from './DevtoolsEntry.js';

/** The entries that have every word of the filter somewhere: in their area, name, or line. Capitals make no difference. */
export function filterEntries(entries: readonly DevtoolsEntry[], filter: string): readonly DevtoolsEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ area, type, summary }) => {
    const text = `${area} ${type} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
