import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEntries } from '../../scripts/readApi.mjs';
import { reportApi } from '../../scripts/reportApi.mjs';

describe('the API report', () => {
  let pages: ReadonlyMap<string, string>;
  beforeAll(() => {
    pages = new Map(reportApi().map(({ file, text }) => [file, text]));
  });

  it('has a page for every entry, and no other', async () => {
    expect((await readdir('docs/api-report')).sort()).toEqual(readEntries().map(({ page }) => `${page}.api.md`).sort());
  });

  it.each(readEntries())('tells of $specifier what is in the sources', async ({ page }) => {
    const lines = (text = '') => text.split('\n');
    const [now, committed] = [lines(pages.get(`${page}.api.md`)), lines(await readFile(`docs/api-report/${page}.api.md`, 'utf8'))];
    // What went is what breaks applications; what came is only news. Both are for whoever reviews the change.
    const went = committed.filter((line) => !now.includes(line));
    const came = now.filter((line) => !committed.includes(line));
    expect({ went, came }, 'The public types have changed. Where that is meant: npm run generate').toEqual({ went: [], came: [] });
    expect(now.join('\n') === committed.join('\n'), `docs/api-report/${page}.api.md is out of date: npm run generate`).toBe(true);
  });

  it('tells of types that are exported nowhere but stand in one that is', () => {
    const [, hidden = ''] = pages.get('agora.api.md')?.split('## Not exported') ?? [];
    expect(hidden).toContain('interface RtmClient {');
    expect(hidden).not.toContain('interface AudioMetadata ');
  });

  it('tells of each export once', () => {
    const exported = [...pages.values()].map((text) => text.split('## Not exported')[0] ?? '');
    const names = exported.flatMap((text) => [...text.matchAll(/^(?:interface|class|type|const) (\w+)/gm)].map(([, name]) => name));
    expect(names.length).toBeGreaterThan(300);
    // Two of the same name would be one in the reference, and a riddle in an editor.
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
