import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');

/** What a stylesheet imports, in its order. */
function filesOf(sheet: string): readonly string[] {
  return [...read(`src/react/${sheet}`).matchAll(/@import "\.\/(.+)";/g)].map(([, path = '']) => path);
}

/** The selector of every rule, without comments. */
function selectorsOf(sheet: string): readonly string[] {
  return filesOf(sheet).flatMap((path) => {
    const css = read(`src/react/${path}`).replaceAll(/\/\*[^]*?\*\//g, '');
    return [...css.matchAll(/([^{};]+)\{[^{}]*\}/g)].map(([, selector = '']) => selector.trim().replaceAll(/\s+/g, ' '));
  });
}

/** A module of ours and all that it imports at once. */
function closureOf(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, from = ''] of read(file).matchAll(/^import (?!type )[^;]*from '(\.[^']+)\.js';$/gm)) {
      const path = join(dirname(file), from);
      const found = [`${path}.tsx`, `${path}.ts`].find(exists);
      if (found !== undefined) pending.push(found);
    }
  }
  return reached;
}

function exists(path: string): boolean {
  try {
    return read(path) !== '';
  } catch {
    return false; // the other ending, then
  }
}

describe('the stylesheet of an avatar alone', () => {
  const shown = [...closureOf(['Avatar', 'AvatarErrorBoundary', 'AvatarProvider'].map((name) => `src/react/components/${name}.tsx`))].filter((path) => path.startsWith('src/react/')).map(read).join('\n');
  const classes = new Set([...shown.matchAll(/(?<!-)\bvisavis-[\w-]+/g)].map(([name]) => name));
  const slots = new Set([...shown.matchAll(/\b(?:data-)?slot['"]?[=:] ?["']([\w-]+)["']/g)].map(([, name = '']) => name));

  it('has the files of the whole one that it names, in their order', () => {
    const own = new Set(filesOf('avatar.css'));
    expect(filesOf('styles.css').filter((path) => own.has(path))).toEqual([...own]);
  });

  it('has every rule for what an avatar can show', () => {
    expect(classes).toContain('visavis-failure-message');
    expect(slots).toContain('mic-toggle');
    const own = new Set(selectorsOf('avatar.css'));
    const forgotten = selectorsOf('styles.css').filter((selector) => {
      const named = [...selector.matchAll(/\.(visavis-[\w-]+)/g)].map(([, name = '']) => name);
      const asked = [...selector.matchAll(/\[data-slot="([\w-]+)"\]/g)].map(([, name = '']) => name);
      return named.length + asked.length > 0 && named.every((name) => classes.has(name)) && asked.every((name) => slots.has(name)) && !own.has(selector);
    });
    expect(forgotten).toEqual([]);
  });
});
