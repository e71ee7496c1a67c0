import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = 'stories/faults';
/** Name of the story as it is read, by the link that leads to it. */
const stories = new Map<string, string>(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.stories.tsx'))
    .flatMap((name) => [...readFileSync(`${FOLDER}/${name}`, 'utf8').matchAll(/export const (\w+) = faultStory\(\{\n {2}name: '([^']+)'/g)].map(([, story = '', title = '']) => [`../${FOLDER}/${name}#${story}`, title] as const)),
);
const page = readFileSync('docs/reliability.md', 'utf8');
const rows = page.slice(page.indexOf('| Fault |'), page.indexOf('\n\n', page.indexOf('| Fault |'))).split('\n').slice(2);

it('has a story for every fault of docs/reliability.md, by its name, and a row for every story', () => {
  expect(rows.length).toBeGreaterThan(30);
  const linked = rows.map((row) => /^\| \[([^\]]+)\]\(([^)]+)\)/.exec(row)?.slice(1) ?? [row]);
  expect(linked.filter(([title, target = '']) => stories.get(target) !== title)).toEqual([]);
  expect([...stories.keys()].filter((target) => !linked.some(([, linkedTarget]) => linkedTarget === target))).toEqual([]);
});
