/** Scripts that set no space between words, and their punctuation. A character of them is about as long to say as two Latin ones. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\u3000-\u303f\uff01-\uff60\u2e80-\u2eff]/u;
const SPEAKABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const EXTENDING = /^[\p{M}\p{Emoji_Modifier}\u200d\u{e0020}-\u{e007f}]/u;

/** True when the text holds a character of a script without spaces. */
export function hasWide(text: string): boolean {
  return WIDE.test(text);
}

/** True when there is anything to say in it: a letter, a digit or an emoji. */
export function isSpeakable(text: string): boolean {
  return SPEAKABLE.test(text);
}

export function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

/** True for the first half of a surrogate pair. */
export function isHighSurrogate(character: string | undefined): boolean {
  return character !== undefined && /^[\ud800-\udbff]$/.test(character);
}

/** True when the text begins with what belongs to the character before it: an accent, a joiner, a skin tone, a flag's tag. */
export function extendsCharacter(text: string): boolean {
  return EXTENDING.test(text);
}

/** Length as it is heard: code points, of which one without spaces around counts as two. */
export function spokenLength(text: string): number {
  let length = 0;
  for (const character of text) length += WIDE.test(character) ? 2 : 1;
  return length;
}
