import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readParity } from './readParity.js';
import { readPublicNames } from './readPublicNames.js';

/** What is there needs a name and a proof; what is not needs a reason. */
const THERE = ['yes', 'otherwise', 'mended', 'partly'];
const STATUSES = [...THERE, 'no', 'not yet'];

/** Headings that the page must have, with rows below them. */
const SECTIONS = [
  'Finding a node', 'Connecting', 'Messages', 'Codes and exceptions', 'Faults of the client', 'Forms of the README',
  "Akool's REST API", 'Avatars', 'Sessions, version 4', 'Voices, languages, knowledge', 'Sessions, version 3',
  "Akool's data messages, version 2", "Akool's chat room, version 3", 'DaVinci Voice Engine',
  'Service and connection', 'Observers of sound and picture', 'Voice activity', 'Sound out: pushing, pacing, completion',
  'AI scenario', 'Sound processing', 'Picture out', 'Data streams, metadata, encryption', 'RTM and statistics', "Agora's tokens",
  'Turn-taking', 'Echo gate', 'Traps',
];

const page = readFileSync('docs/parity.md', 'utf8');
const rows = readParity(page);
const has = readPublicNames();
const named = (status: string) => rows.filter((row) => row.status === status).flatMap(({ theirs, names }) => names.map((name) => ({ theirs, name })));

describe('the page on parity', () => {
  it('has all its sections, none of them empty', () => {
    expect([...new Set(rows.map(({ section }) => section))]).toEqual(SECTIONS);
  });

  it('explains every status that it uses, and uses no other', () => {
    const explained = [...page.matchAll(/^\| ([a-z ]+) \| [^|]+ \|$/gm)].map(([, status]) => status).filter((status) => status !== 'status');
    expect(explained).toEqual(STATUSES);
    expect(rows.filter(({ status }) => !STATUSES.includes(status))).toEqual([]);
  });

  it('names what is there, and its proof', () => {
    const there = rows.filter(({ status }) => THERE.includes(status));
    expect(there.filter(({ names, proof }) => names.length === 0 || proof.length === 0)).toEqual([]);
  });

  it('gives a reason for what is not, and claims no proof of it', () => {
    const missing = rows.filter(({ status }) => !THERE.includes(status));
    expect(missing.filter(({ here, proof }) => here.trim() === '' || proof.length > 0)).toEqual([]);
  });

  it('tells no feature twice', () => {
    const keys = rows.map(({ section, theirs }) => `${section}: ${theirs}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('names exports and members that are there, and none that has come since', () => {
    const others = STATUSES.filter((status) => status !== 'not yet');
    expect(others.flatMap(named).filter(({ name }) => !has(name))).toEqual([]);
    // What is here now deserves another status.
    expect(named('not yet').filter(({ name }) => has(name))).toEqual([]);
  });

  it('names tests that are there', async () => {
    const files = [...new Set(rows.flatMap(({ proof }) => proof))];
    const found = await Promise.all(files.map((file) => stat(`test/${file}`).then((entry) => entry.isFile(), () => false)));
    expect(files.filter((file, index) => !found[index] || !/\.test\.tsx?$/.test(file))).toEqual([]);
  });
});

describe('a row', () => {
  const table = (row: string) => `## Section\n\n| theirs | status | here | proof |\n|---|---|---|---|\n${row}\n`;

  it('is read cell by cell', () => {
    expect(readParity(table('| `a` of b | yes | `x.y`, so to speak | `unit/z.test.ts` |'))).toEqual([
      { section: 'Section', theirs: '`a` of b', status: 'yes', here: '`x.y`, so to speak', names: ['x.y'], proof: ['unit/z.test.ts'] },
    ]);
  });

  it.each(['| a | yes | `x` |', '| a | yes | `x` | `y` | z |', '| a | yes | `x` | y, in words |'])('is refused when it is %j', (row) => {
    expect(() => readParity(table(row))).toThrow(row);
  });
});

describe('public names', () => {
  it.each(['createAvatarSession', 'AvatarSession.interrupt', 'AvatarErrorReason.key-rejected', 'SessionEventMap.avatar-join', 'ServerLedger', 'Emulator'])('hold %s', (name) => {
    expect(has(name)).toBe(true);
  });

  it.each(['createReducer', 'AvatarSession.fly', 'AvatarErrorReason.bored', 'AvatarSession.', ''])('do not hold %j', (name) => {
    expect(has(name)).toBe(false);
  });
});
