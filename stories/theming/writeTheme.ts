import type { ThemeValues } from './exampleThemes.js';

/** The rule that an application writes to get these values. */
export function writeTheme(values: ThemeValues): string {
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value};`);
  return lines.length === 0 ? '/* Nothing is changed yet: choose a theme, or edit a value. */' : `.my-app {\n${lines.join('\n')}\n}`;
}
