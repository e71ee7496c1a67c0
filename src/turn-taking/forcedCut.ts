import { hasWide, isHighSurrogate, isSpace, isSpeakable } from './characters.js';

/**
 * Where to cut a text that has no punctuation: at white space, else between the words of a script without spaces,
 * else between characters as a reader sees them (never inside an emoji or an accented letter).
 * @param limit the piece is at most so long, in UTF-16 units; the text is longer.
 * @param mayBreakWords whether a word of letters may be cut when nothing else is left.
 * @returns length of the piece; 0 when there is no such place.
 */
export function forcedCut(text: string, limit: number, mayBreakWords: boolean): number {
  let space = limit;
  while (space > 0 && !isSpace(text[space])) space--;
  if (!isSpeakable(text.slice(0, space))) space = 0;
  if (space > 0 && !hasWide(text.slice(space, limit + 1))) return space;

  // Half a surrogate pair at the end may turn out to belong to the character before it.
  const position = isHighSurrogate(text[limit]) ? limit - 1 : limit;
  const head = text.slice(0, position + 1);
  if (hasWide(head)) {
    const word = startOfSegment(head, position, 'word');
    if (word > space && isSpeakable(head.slice(0, word))) return word;
  }
  if (space > 0 || !mayBreakWords) return space;
  return startOfSegment(head, position, 'grapheme');
}

function startOfSegment(text: string, position: number, granularity: 'word' | 'grapheme'): number {
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(text);
  let start = segments.containing(position)?.index ?? 0;
  // A piece must not begin with the punctuation of the one before.
  while (granularity === 'word' && start > 0 && !isSpeakable(text.slice(start)) && !isSpace(text[start])) {
    start = segments.containing(start - 1)?.index ?? 0;
  }
  return start;
}
