import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Static and dynamic imports, re-exports, `import type` and `@import` of files; in the build also the names of source maps. */
const SPECIFIER = /(?:\bfrom|\bimport|\bimport\()\s*["'](\.{1,2}\/[^"'\n]+)["']|sourceMappingURL=([\w./-]+\.map)$/gm;

const FOLDERS = ['bench', 'deploy', 'docs', 'examples', 'proto', 'scripts', 'src', 'stories', 'test', 'worklets'];
const MADE = /(?:^|\/)(?:node_modules|dist|\.next)\//;

const list = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const sources = FOLDERS.flatMap(list).filter((name) => !MADE.test(name));
const built = list('dist');

interface NamedFile {
  /** As a complaint shows it. */
  readonly said: string;
  /** TypeScript names what a file will become, so it may be one of these. */
  readonly paths: readonly string[];
}

function namedIn(file: string): NamedFile[] {
  return [...readFileSync(file, 'utf8').matchAll(SPECIFIER)].map(([, imported, map = '']) => {
    const path = normalize(join(dirname(file), (imported ?? map).replace(/\?.*$/, '')));
    return { said: `${file}: ${imported ?? map}`, paths: [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path.replace(/\.(m?)js$/, '.d.$1ts')] };
  });
}

const saidOf = ({ said }: NamedFile) => said;

describe('on a file system that knows capitals from small letters, and on one that does not', () => {
  it('sources name each file as it is spelt', () => {
    const code = sources.filter((name) => /\.(?:m?js|jsx|tsx?)$/.test(name));
    expect(code.length).toBeGreaterThan(500);
    const files = new Set(sources);
    const inAnySpelling = new Set(sources.map((name) => name.toLowerCase()));
    // A file that is there in no spelling is the compiler's business: it may be made later, or stand in a text alone.
    const isMisspelt = ({ paths }: NamedFile) => !paths.some((path) => files.has(path)) && paths.some((path) => inAnySpelling.has(path.toLowerCase()));
    expect(code.flatMap(namedIn).filter(isMisspelt).map(saidOf)).toEqual([]);
  });

  it('the build names each file as it is spelt, and none that is not there', () => {
    const code = built.filter((name) => /\.(?:js|ts)$/.test(name));
    expect(code.length).toBeGreaterThan(30);
    const files = new Set(built);
    expect(code.flatMap(namedIn).filter(({ paths }) => !paths.some((path) => files.has(path))).map(saidOf)).toEqual([]);
  });

  it.each([
    ['sources', sources],
    ['the build', built],
  ])('%s have no two names that differ in capitals alone', (_, names) => {
    const seen = new Map<string, string>();
    const twins = names.flatMap((name) => {
      const twin = seen.get(name.toLowerCase());
      seen.set(name.toLowerCase(), name);
      return twin === undefined ? [] : [`${twin} and ${name}`];
    });
    expect(twins).toEqual([]);
  });
});
