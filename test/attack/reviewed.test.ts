import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('docs/security.md names every file of attacks, and none that does not exist', async () => {
  const files = (await readdir('test/attack')).filter((name) => name.endsWith('.test.ts') && name !== 'reviewed.test.ts').map((name) => name.replace('.test.ts', ''));
  const table = (await readFile('docs/security.md', 'utf8')).split('\n').filter((line) => line.startsWith('| ') && line.split('|').length === 5);
  const named = table.flatMap((line) => [...(line.split('|')[3] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect([...new Set(named)].sort()).toEqual(files.sort());
});
