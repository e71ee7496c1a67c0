import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readApi, readEntries } from '../../scripts/readApi.mjs';

const read = (path: string) => readFileSync(path, 'utf8');
const list = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

/** Everything that a reader may open. What is generated has tests of its own. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'llms.txt', 'examples/README.md', ...list('docs').filter((path) => path.endsWith('.md') && !path.includes('api'))];

describe('the guides', () => {
  it.each(PAGES)('%s links to pages and headings that exist', (page) => {
    const links = [...withoutCode(read(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(file)) return true;
      if (anchor !== undefined && file.endsWith('.tsx')) return !read(file).includes(`export const ${anchor} =`);
      return anchor !== undefined && !headingsOf(read(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('are all pages of Storybook, and the API reference with them', () => {
    const pages = list('stories/guides').filter((path) => path.endsWith('.mdx')).map((path) => /<Guide name="(.+)" \/>/.exec(read(path))?.[1]);
    const guides = list('docs').filter((path) => path.endsWith('.md') && !path.includes('decisions') && !path.includes('api-report')).map((path) => path.slice('docs/'.length, -'.md'.length));
    expect(pages.sort()).toEqual(guides.sort());
  });

  it('name every reason of an AvatarError once, and no other', () => {
    const [, closedSet = ''] = /const RETRYABLE = \{(.*?)\} as const/s.exec(read('src/errors/AvatarError.ts')) ?? [];
    const reasons = [...closedSet.matchAll(/^ {2}'([\w-]+)':/gm)].map(([, reason]) => reason);
    const [, table = ''] = read('docs/troubleshooting.md').split('## Every reason');
    const named = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(30);
    expect(named.sort()).toEqual(reasons.sort());
  });

  it('name every custom property of the stylesheet, with its defaults', () => {
    const styles = list('src/react/styles').map(read).join('\n');
    const page = read('docs/theming.md');
    const properties = new Set([...styles.matchAll(/--visavis-[\w-]+/g)].map(([name]) => name));
    expect([...properties].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    const rows = new Map([...page.matchAll(/^\| `(--visavis-[\w-]+)` \| (.*)$/gm)].map(([, name = '', row = '']) => [name, row]));
    expect([...rows.keys()].filter((name) => !properties.has(name))).toEqual([]);

    const defaults = [...read('src/react/styles/tokens.css').matchAll(/: var\((--visavis-[\w-]+), (.*)\);$/gm)];
    expect(defaults.length).toBeGreaterThan(20);
    const values = defaults.flatMap(([, name = '', value = '']) => (/^var\(--_day, (.*)\) var\(--_night, (.*)\)$/.exec(value)?.slice(1) ?? [value]).map((each) => [name, each] as const));
    expect(values.length).toBeGreaterThan(40);
    expect(values.filter(([name, value]) => !rows.get(name)?.includes(`\`${value}\``))).toEqual([]);
  });

  it('name components and hooks that exist', () => {
    const exported = new Set(readApi().flatMap(({ exports }) => exports.map(({ name }) => name)));
    // Agora's own, TanStack's, and what a page of the other product is compared with.
    const others = new Set(['NetworkQuality', 'useNoiseReduction', 'useQueries', 'useSuspenseQuery']);
    const named = PAGES.flatMap((page) => [...read(page).matchAll(/`<([A-Z]\w+)[^`]*>`|`(use[A-Z]\w+)[(`]/g)].map(([, tag, hook]) => ({ page, name: tag ?? hook ?? '' })));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ name }) => !exported.has(name) && !others.has(name))).toEqual([]);
  }, 120_000);

  it('lead a language model to every entry and every guide', () => {
    const index = read('llms.txt');
    const guides = readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
    const references = readEntries().map(({ page }) => `docs/api/${page}.md`);
    expect([...guides, ...references].filter((path) => !index.includes(`(${path})`))).toEqual([]);
    expect(JSON.parse(read('package.json')).files).toContain('llms.txt');
  });
});

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');
}

/** As GitHub makes anchors of headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'),
  );
}
