import { hasWide, isSpace, isSpeakable } from './characters.js';

/** Titles and the like, after which a sentence never ends. */
const NEVER_LAST = new Set(
  'mr mrs ms mx dr prof st gen col lt sgt capt cmdr rev hon gov sen rep pres messrs mme mlle sra srta hr fr vs cf ca bzw vgl approx dept univ est'.split(' '),
);
/** After these a sentence goes on if a small letter or a digit follows: `No. 5`, `etc. and`. */
const PERHAPS_LAST = new Set(
  'etc inc ltd co corp bros jr al no nr nos fig vol pp ch sec art ed eds op min max tel ext jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave rd blvd usw'.split(' '),
);

/** What a full stop does: ends a sentence, belongs to a word, or cannot be told before more has come. */
export type FullStop = 'end' | 'inner' | 'undecided';

/**
 * Reads the full stop at `index` that white space or a character of a script without spaces follows at `next`.
 * A stop that is taken for part of a word by mistake only makes a longer sentence, so doubt is decided that way.
 */
export function readFullStop(text: string, index: number, next: number): FullStop {
  const start = tokenStart(text, index);
  const token = text.slice(start, index);
  if (token === '') return 'end';
  // A number in front of an item of a list, not the end of one.
  if (/^\p{Nd}+$/u.test(token) && !isSpeakable(text.slice(0, start))) return 'inner';
  // Initials, and abbreviations with stops inside: J. / U.S. / e.g. / Ph.D.
  if (/^(?:\p{L}{1,2}\.)*\p{L}{1,2}$/u.test(token) && (token.includes('.') || token.length === 1) && !hasWide(token)) return 'inner';
  const word = token.toLowerCase();
  if (NEVER_LAST.has(word)) return 'inner';
  if (!PERHAPS_LAST.has(word)) return 'end';
  let following = next;
  while (isSpace(text[following])) if (text[following++] === '\n') return 'end';
  const first = text[following];
  if (first === undefined) return 'undecided';
  return /^[\p{Ll}\p{Nd}]/u.test(first) ? 'inner' : 'end';
}

/** True when the word that ends at `index` is an address, whose marks are not punctuation. */
export function isAddress(text: string, index: number): boolean {
  return /:\/\/|@|^www/i.test(text.slice(tokenStart(text, index), index));
}

function tokenStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && !isBreak(text[start - 1] ?? ' ')) start--;
  return start;
}

function isBreak(character: string): boolean {
  return isSpace(character) || hasWide(character) || '("\'[{“‘«„*_`~—–'.includes(character);
}
