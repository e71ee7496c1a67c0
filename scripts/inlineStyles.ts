import { dirname, resolve } from 'node:path';
import { bundle } from 'lightningcss';

/** Ends the name of a style that a module brings along itself, as Vite has it in the tests and in Storybook. */
export const INLINE = '?inline';

/** Makes text of such a style. */
export function inlineStyles() {
  return {
    name: 'visavis:inline-styles',
    resolveId: (source: string, importer: string | undefined) => (source.endsWith(INLINE) && importer ? resolve(dirname(importer), source) : null),
    load: (id: string) => (id.endsWith(INLINE) ? { code: `export default ${JSON.stringify(minifyStyle(id.slice(0, -INLINE.length)))};`, moduleType: 'js' as const } : null),
  };
}

/** A style sheet with what it imports, as short as can be. */
export function minifyStyle(filename: string): string {
  // What stands in a custom property, or around one, is kept as it was written.
  return new TextDecoder().decode(bundle({ filename, minify: true }).code).replaceAll(', ', ',');
}
