import type { DataMessage } from './readDataMessage.js';

/** Texts of one room that wait for their end. */
const MAX_OPEN = 16;

/**
 * Puts texts together that come in parts, in whatever order.
 * @returns takes each part with its sender's uid; gives the whole text with the part that completes it, else null.
 */
export function createChatAssembly(): (from: number, chat: Extract<DataMessage, { type: 'chat' }>) => string | null {
  const open = new Map<string, { readonly parts: Map<number, string>; end: number | null }>();

  return (from, { mid, idx, fin, pld }) => {
    const key = `${from} ${mid}`;
    if (!open.has(key) && open.size >= MAX_OPEN) open.clear();
    const text = open.get(key) ?? { parts: new Map<number, string>(), end: null };
    open.set(key, text);
    text.parts.set(idx, pld.text);
    if (fin) text.end = idx;
    if (text.end === null || text.parts.size <= text.end) return null;
    open.delete(key);
    return [...text.parts].sort(([a], [b]) => a - b).map(([, part]) => part).join('');
  };
}
