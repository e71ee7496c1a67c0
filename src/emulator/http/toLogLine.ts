/** What a terminal or a reader of lines could take for more than text: controls, and Unicode's own line ends. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/gu;

/** Makes one line of a text that may hold words of a client, which could otherwise forge lines or move the cursor. */
export function toLogLine(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}
