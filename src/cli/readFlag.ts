/** @throws Error with one line, unless the text is a whole number within the bounds. */
export function readNumberFlag(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) throw new Error(`${flag} must be a number from ${min} to ${max}.`);
  return value;
}

/**
 * What was given once or several times, by commas; null when it was not given.
 *
 * @throws Error with one line when it was given without anything.
 */
export function readListFlag(flag: string, texts: readonly string[] | undefined): readonly string[] | null {
  if (texts === undefined) return null;
  const entries = texts.flatMap((text) => text.split(',')).map((entry) => entry.trim());
  if (entries.includes('')) throw new Error(`${flag} holds an empty entry.`);
  return entries;
}
