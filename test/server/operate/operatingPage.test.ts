import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SERVE_HELP } from '../../../src/cli/serve/serveHelp.js';
import { SERVE_FLAGS } from '../../../src/cli/serve/serveArguments.js';
import { COUNTERS, DURATIONS, GAUGES } from '../../../src/server/metrics/serverSeries.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
const sources = ['src/server', 'src/cli'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);

/** All that a pattern finds in the sources, once. */
const found = (pattern: RegExp): string[] => [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)))];

describe('the page about operating names', () => {
  it('every series', () => {
    expect([...Object.values(COUNTERS), ...Object.values(DURATIONS), ...Object.values(GAUGES)].map(({ name }) => `visavis_${name}`).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('every event of the log', () => {
    const events = found(/\bevent: '([a-z]+(?:-[a-z]+)+)'/g).filter((event) => event !== 'leave_channel');
    expect(events.length).toBeGreaterThan(15);
    expect(events.filter((event) => !page.includes(`\`${event}\``))).toEqual([]);
  });

  it('every argument, as the help does', () => {
    const flags = Object.keys(SERVE_FLAGS).filter((flag) => flag !== 'help').map((flag) => `--${flag}`);
    expect(flags.filter((flag) => !page.includes(`\`${flag}`) || !SERVE_HELP.includes(flag))).toEqual([]);
  });

  it('every variable of the environment, as the help does', () => {
    const named = found(/env\['([A-Z_]+)'\]/g);
    const taken = found(/const \{([^}]+)\} = env;/g).flatMap((names) => [...names.matchAll(/\b[A-Z]+_[A-Z_]+\b/g)].map(([name]) => name));
    const variables = [...new Set([...named, ...taken])];
    expect(variables).toEqual(expect.arrayContaining(['REDIS_URL', 'DVE_URL', 'AKOOL_LIVE']));
    expect(variables.filter((name) => !page.includes(`\`${name}\``) || !SERVE_HELP.includes(name))).toEqual([]);
  });

  it('every check of the doctor', () => {
    const checks = found(/(?:findingsOf|checkReach)\('([a-z-]+)'/g).filter((check) => check !== 'url');
    expect(checks.length).toBeGreaterThan(12);
    expect(checks.filter((check) => !page.includes(`\`${check}\``))).toEqual([]);
  });
});
