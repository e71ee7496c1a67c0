import type { Clock } from '../../clock/clock.js';
import type { AkoolLiveChat } from './messages.js';

/** What is known of one utterance; sent again whenever it grows. */
export interface LiveText {
  readonly mid: string;
  readonly from: 'bot' | 'user';
  /** The whole text so far. */
  readonly text: string;
  /** True once all has arrived, or is no longer expected. */
  readonly final: boolean;
}

export interface ReassemblerOptions {
  readonly clock: Clock;
  readonly onText: (text: LiveText) => void;
}

export interface Reassembler {
  push(part: AkoolLiveChat): void;
  /** Drops what is open, without a word. */
  close(): void;
}

/** How long parts may still come after the one with `fin`. */
const LATE_MS = 2_000;
/** A sender that never closes its messages must not fill the page. */
const MAX_OPEN = 64;
/** Nor one that never ends a message. A part holds some 900 bytes, so this is a book. */
const MAX_PARTS = 1_024;

interface Utterance {
  readonly mid: string;
  readonly from: 'bot' | 'user';
  readonly parts: Map<number, string>;
  /** Place of the last part; null before `fin`. */
  lastIdx: number | null;
  told: LiveText | null;
  cancelLate: (() => void) | null;
}

/**
 * Puts parts together by sender and `mid`, in whatever order they come: a part that came before is ignored, one without
 * a place goes to the end, and a `fin` waits up to 2 s for what is missing. A message of 1,024 parts is taken for whole.
 */
export function createReassembler({ clock, onText }: ReassemblerOptions): Reassembler {
  // The user's and the avatar's messages may share a mid.
  const open = new Map<string, Utterance>();

  function tell(utterance: Utterance, text: string, final: boolean): void {
    const { mid, from, told } = utterance;
    if (told?.text === text && told.final === final) return;
    if (told === null && text === '' && !final) return;
    utterance.told = { mid, from, text, final };
    onText(utterance.told);
  }

  function forget(key: string): void {
    open.get(key)?.cancelLate?.();
    open.delete(key);
  }

  /** Tells all there is, gaps or not, and forgets it. */
  function conclude(key: string): void {
    const utterance = open.get(key);
    if (!utterance) return;
    forget(key);
    tell(utterance, [...utterance.parts].sort(([a], [b]) => a - b).map(([, text]) => text).join(''), true);
  }

  function begin(key: string, { mid, from }: AkoolLiveChat): Utterance {
    const [oldest] = open.keys();
    if (open.size >= MAX_OPEN && oldest !== undefined) conclude(oldest);
    const utterance: Utterance = { mid, from, parts: new Map(), lastIdx: null, told: null, cancelLate: null };
    open.set(key, utterance);
    return utterance;
  }

  return {
    push(part) {
      const key = `${part.from} ${part.mid}`;
      const utterance = open.get(key) ?? begin(key, part);
      const { parts } = utterance;
      const idx = part.idx ?? Math.max(-1, ...parts.keys()) + 1;
      if (!parts.has(idx)) parts.set(idx, part.text);
      if (parts.size >= MAX_PARTS) return conclude(key);
      if (part.fin && utterance.lastIdx === null) {
        utterance.lastIdx = idx;
        utterance.cancelLate = clock.schedule(() => conclude(key), LATE_MS);
      }
      let text = '';
      let next = 0;
      for (let piece = parts.get(next); piece !== undefined; piece = parts.get(++next)) text += piece;
      // Once final, a later part may lengthen the text but not open it again.
      tell(utterance, text, utterance.told?.final === true || (utterance.lastIdx !== null && next > utterance.lastIdx));
    },
    close() {
      for (const key of [...open.keys()]) forget(key);
    },
  };
}
