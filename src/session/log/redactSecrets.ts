import { hidesText } from './hidesText.js';

/** Names of what lets somebody act as somebody else, as they stand before a value. */
const NAME = String.raw`(?:token|ticket|secret|password|passphrase|certificate|credential|renewal|(?:\b|[-_]|api|access|private)key)s?`;
/** A mark as it is, escaped as often as JSON is in JSON, or percent-encoded as often as an address is in an address. */
const QUOTE = String.raw`(?:\\*["']|%(?:25)*2[27])?`;
const SPACE = String.raw`(?:\s|%(?:25)*20)*`;
/** Behind it comes a value, alone or first in a list, and not what this has put there. */
const COLON = String.raw`\s*(?:[:=]|%(?:25)*3[ad])(?!${SPACE}\[redacted])${SPACE}(?:[[({]|%(?:25)*5b)?`;
const VALUE = String.raw`(?:\\+u[\da-f]{4}|[^\s"',;&\\])+`;

/** Each replaces what it finds, all but its first group, which says what was there. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@"']*@)?([^\s?#"']*)(?:[?#][^\s"']*)?/gi, '$1$2'],
  [/\b[a-z][a-z0-9+.-]*%(?:25)*3a%(?:25)*2f[^\s"']*/gi, '[address]'],
  // Each begins behind something else, or it would be looked for at every character of a long word.
  [/(^|[^\w-])[\w-]{16,}\.[\w-]{8,}\.[\w-]{16,}/g, '$1[redacted]'],
  // To the end of the line: what is named there has many parts.
  [new RegExp(String.raw`(cookie${QUOTE}${COLON}${QUOTE})[^"'\r\n]+`, 'gi'), '$1[redacted]'],
  [new RegExp(String.raw`(authorization${QUOTE}${COLON}${QUOTE})(?:[a-z]+(?:\s|%(?:25)*20)+)?${VALUE}`, 'gi'), '$1[redacted]'],
  [/\b(bearer(?:\s|%(?:25)*20)+)[^\s"',;&]+/gi, '$1[redacted]'],
  [new RegExp(String.raw`(${NAME}${QUOTE}${COLON}${QUOTE})${VALUE}`, 'gi'), '$1[redacted]'],
  // Without a mark between them: a word that is long and has a digit is none that people write.
  [new RegExp(String.raw`(${NAME}\s+(?:(?:is|was)\s+)?["'\x60(<]?)(?=[\w.~+/=%\\-]*\d)[\w.~+/=%\\-]{12,}`, 'gi'), '$1[redacted]'],
  // Nobody escapes plain letters but to hide or to carry them.
  [/(?:%(?:25)*[2-7][\da-f]|\\+u00[2-7][\da-f]){8,}/gi, '[escaped]'],
  [/\b(?:sk|pk|rk)[-_][\w-]{12,}/g, '[redacted]'],
];

/**
 * Text without what looks like a token or like encoded bytes, and with addresses that have lost their query. What it has made it leaves as
 * it is. It knows secrets by their names, by their length and by text that was encoded: one that is short and has no name it cannot know.
 */
export function redactSecrets(text: string): string {
  const safe = text.replace(/\bdata:([\w.+-]+\/[\w.+-]+)?[^,\s[]*,[^\s"']*/gi, (all, type: string | undefined) => `[${type ?? 'data'}, ${all.length} characters]`);
  return RULES.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), safe)
    .replace(/\b(?:[\da-f]{2}){14,}\b/gi, (hex) => `[hex, ${hex.length / 2} bytes]`)
    .replace(/(?:[\w+/-]|%(?:25)*[2-7][\da-f]){20,}={0,2}/gi, (word) => {
      const plain = word.replace(/%(?:25)*([2-7][\da-f])/gi, (_mark, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/=+$/, '');
      return plain.length >= 48 || hidesText(plain) ? `[base64, ${Math.floor((plain.length * 3) / 4)} bytes]` : word;
    });
}
