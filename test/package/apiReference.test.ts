import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiEntry, readApi } from '../../scripts/readApi.mjs';
import { renderApi } from '../../scripts/renderApi.mjs';
import { compileExamples } from './compileExamples.js';

describe('the API reference', () => {
  let entries: ApiEntry[];
  beforeAll(() => {
    entries = readApi();
  });

  it('is what `npm run generate` makes of the sources', async () => {
    const pages = renderApi(entries);
    expect((await readdir('docs/api')).sort()).toEqual(pages.map(({ file }) => file).sort());
    for (const { file, text } of pages) {
      const current = await readFile(`docs/api/${file}`, 'utf8');
      // Not the texts themselves: the difference of two pages would fill a screen, and the remedy is the same.
      expect(current === text, `docs/api/${file} is out of date: npm run generate`).toBe(true);
    }
  });

  it('says of everything that runs what it does', () => {
    const silent = entries.flatMap(({ specifier, exports }) => exports.filter(({ kind, text }) => kind !== 'type' && text.trim() === '').map(({ name }) => `${specifier} ${name}`));
    expect(silent).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const pages = renderApi(entries);
    const anchors = new Set(pages.flatMap(({ file, text }) => [...text.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => `${file}#${name.toLowerCase()}`)));
    const links = pages.flatMap(({ file, text }) => [...text.matchAll(/\]\(([\w.]*)#(\w+)\)/g)].map(([, target, anchor]) => `${target || file}#${anchor}`));
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((link) => !anchors.has(link))).toEqual([]);
  });

  it('shows examples that compile', () => {
    expect(compileExamples(entries)).toEqual([]);
  });
});
