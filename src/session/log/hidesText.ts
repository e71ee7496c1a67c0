const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Fifteen characters of text. In a word that is none of base64 they come about once in three million. */
const MIN_GROUPS = 5;

/** True for a word that has base64 of plain text in it, wherever that begins. */
export function hidesText(word: string): boolean {
  const values = Array.from(word, (char) => ALPHABET.indexOf(char === '-' ? '+' : char === '_' ? '/' : char));
  return [0, 1, 2, 3].some((start) => {
    let groups = 0;
    for (let at = start; at + 4 <= values.length; at += 4) {
      groups = isText(values.slice(at, at + 4)) ? groups + 1 : 0;
      if (groups === MIN_GROUPS) return true;
    }
    return false;
  });
}

/** Three bytes in four characters of six bits each. */
function isText(values: readonly number[]): boolean {
  if (values.includes(-1)) return false;
  const bits = values.reduce((sum, value) => sum * 64 + value, 0);
  return [16, 8, 0].map((shift) => (bits >> shift) & 255).every((byte) => byte >= 0x20 && byte < 0x7f);
}
