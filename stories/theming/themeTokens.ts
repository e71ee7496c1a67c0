/** A custom property that restyles the components. */
export interface ThemeToken {
  /** Such as `--visavis-accent`. */
  readonly name: `--visavis-${string}`;
  /** What it is when nobody sets it. */
  readonly light: string;
  /** Where dark differs. */
  readonly dark: string | null;
  readonly kind: 'color' | 'other';
}

const sheets = import.meta.glob<string>('../../src/react/styles/*.css', { query: '?raw', import: 'default', eager: true });
/** What the components set themselves, many times a second. */
const MEASURED = ['--visavis-level'];

/** Every property that the stylesheet reads, as the stylesheet itself has it: colours first. */
export function themeTokens(): readonly ThemeToken[] {
  const defaults = new Map<ThemeToken['name'], string[]>();
  for (const sheet of Object.values(sheets)) {
    for (const match of sheet.matchAll(/var\((--visavis-[a-z-]+),\s*/g)) {
      // The pattern has checked the beginning of the name.
      const name = match[1] as ThemeToken['name'];
      if (MEASURED.includes(name)) continue;
      const value = upToClosing(sheet, match.index + match[0].length);
      defaults.set(name, [...(defaults.get(name) ?? []), value]);
    }
  }
  const tokens = [...defaults].map(([name, [light = '', second]]): ThemeToken => {
    const kind = /^#|^rgb/.test(light) ? 'color' : 'other';
    // What is no colour has a second default for another place, not for the dark; the shadow is both.
    const hasDark = second !== undefined && second !== light && (kind === 'color' || name === '--visavis-shadow');
    return { name, light, dark: hasDark ? second : null, kind };
  });
  return [...tokens.filter(({ kind }) => kind === 'color'), ...tokens.filter(({ kind }) => kind === 'other')];
}

/** The text from a place on, up to the parenthesis that closes what is open there. */
function upToClosing(text: string, start: number): string {
  let depth = 1;
  let end = start;
  while (end < text.length && depth > 0) {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
    end += 1;
  }
  return text.slice(start, end - 1).trim();
}
