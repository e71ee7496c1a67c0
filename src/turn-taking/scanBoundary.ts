import { extendsCharacter, hasWide, isHighSurrogate, isSpace } from './characters.js';
import { isAddress, readFullStop } from './readFullStop.js';

/** What was found in a text that is still growing. */
export type BoundaryScan =
  /** A piece may end before `end`. */
  | { readonly kind: 'boundary'; readonly end: number; readonly strength: 'sentence' | 'clause' }
  /** Punctuation from `from` on means one thing or another, depending on what follows. */
  | { readonly kind: 'undecided'; readonly from: number }
  | { readonly kind: 'none' };

const SENTENCE_MARK = /[.!?。！？．｡…‼⁇⁈⁉؟۔।॥]/;
const CLAUSE_MARK = /[,;:，；：、､،؛]/;
const WIDE_MARK = /[。！？．｡，；：、､（）」』]/;
const WIDE_CLOSER = /[）」』]/;
const CLOSER = /[\p{Pe}\p{Pf}"'“*_`~\p{M}\u200d]/u;
/** Between digits these are part of a number or a time, also in full width. */
const NUMERIC_MARK = /^[.,:．，：]$/;
const DIGIT = /^\p{Nd}/u;

/**
 * Looks for the next place where a piece may end. It decides only what no further text can change, so that it does
 * not matter in which portions the text arrives.
 * @param from where to look on: everything before has been decided.
 * @see Agora's guide to conversational AI, "send text to TTS by punctuation", which leaves the hard cases open
 */
export function scanBoundary(text: string, from: number): BoundaryScan {
  for (let start = from; start < text.length; start++) {
    if (text[start] === '\n') return { kind: 'boundary', end: start + 1, strength: 'sentence' };
    if (!beginsRun(text, start)) continue;
    const end = runEnd(text, start);
    if (end === text.length || (isHighSurrogate(text[end]) && end + 1 === text.length)) return { kind: 'undecided', from: start };
    const strength = weigh(text, start, end);
    if (strength === 'undecided') return { kind: 'undecided', from: start };
    if (strength) return { kind: 'boundary', end, strength };
    start = end - 1;
  }
  return { kind: 'none' };
}

/** True when the text, if nothing followed, would be a whole sentence. A number with a stop may still become a longer number. */
export function endsSentence(text: string, from: number): boolean {
  const scan = scanBoundary(`${text} A`, from);
  return scan.kind === 'boundary' && scan.strength === 'sentence' && scan.end === text.length && !/\p{Nd}[.．]$/u.test(text);
}

function beginsRun(text: string, index: number): boolean {
  const character = text[index] ?? '';
  if (SENTENCE_MARK.test(character) || CLAUSE_MARK.test(character) || WIDE_CLOSER.test(character)) return true;
  // In English ’ is an apostrophe; after a Chinese character it closes a quotation.
  return (character === '”' || character === '’') && hasWide(text[index - 1] ?? '');
}

/** Marks that follow each other are one mark, and quotes and brackets that they close belong to it. */
function runEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const character = text[end] ?? '';
    if (SENTENCE_MARK.test(character) || CLAUSE_MARK.test(character)) continue;
    if (!CLOSER.test(character)) break;
    // Without spaces around, only counting tells whether a straight quote opens or closes; “ closes in German alone.
    const afterWide = WIDE_MARK.test(text[end - 1] ?? '');
    if (afterWide && character === '“') break;
    if (afterWide && character === '"' && text.slice(0, end).split('"').length % 2 === 1) break;
  }
  return end;
}

function weigh(text: string, start: number, end: number): 'sentence' | 'clause' | 'undecided' | null {
  const run = text.slice(start, end);
  const next = text.slice(end, end + 2);
  if (extendsCharacter(next) || run.endsWith('\u200d')) return null;
  if (NUMERIC_MARK.test(run) && DIGIT.test(text[start - 1] ?? '') && DIGIT.test(next)) return null;
  const followsWide = hasWide(next.charAt(0)) || isHighSurrogate(next.charAt(0)) || /^\p{Extended_Pictographic}/u.test(next);
  if (!WIDE_MARK.test(run) && !followsWide && !isSpace(next.charAt(0))) return null;
  if (run.startsWith('.') && followsWide && isAddress(text, start)) return null;

  let marks = run;
  if (/^\.(?![.…])/.test(run)) {
    const stop = readFullStop(text, start, end);
    if (stop === 'undecided') return 'undecided';
    if (stop === 'inner') marks = run.slice(1);
  }
  if (SENTENCE_MARK.test(marks)) return 'sentence';
  return CLAUSE_MARK.test(marks) || WIDE_MARK.test(marks) || /^[”’]/.test(marks) ? 'clause' : null;
}
