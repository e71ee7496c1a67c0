import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeRelease } from '../../scripts/judgeRelease.mjs';

const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-31\n\n### Added\n\n- Something.\n\n## [1.1.0] - 2026-01-01\n';
const local = { version: '1.2.0', current: '1.1.0', changelog, changes: '', tags: [], publishes: false, missingAddresses: [] };
const inWorkflow = { ...local, current: '1.2.0', tags: ['v1.2.0'], publishes: true };

describe('a release', () => {
  it('goes on when nothing stands against it', () => {
    expect(judgeRelease(local)).toEqual([]);
    expect(judgeRelease(inWorkflow)).toEqual([]);
    // Tried again after a step has failed.
    expect(judgeRelease({ ...local, current: '1.2.0' })).toEqual([]);
  });

  it.each(['', '1.2', 'v1.2.0', '1.2.0+build', 'latest', '1.2.0 --tag x'])('is refused for %j, which is no version', (version) => {
    expect(judgeRelease({ ...local, version })).toEqual([expect.stringContaining('is not a version')]);
  });

  it('is refused from a tree with changes', () => {
    expect(judgeRelease({ ...local, changes: ' M package.json' })).toEqual([expect.stringContaining('not committed')]);
  });

  it.each([
    ['1.3.0', '1.2.9', 0],
    ['1.10.0', '1.9.0', 0],
    ['2.0.0-beta.1', '1.9.0', 0],
    ['1.2.0', '1.2.1', 1],
    ['1.9.0', '1.10.0', 1],
    ['0.9.9', '1.0.0', 1],
  ])('of %s after %s is taken for newer or older by its numbers', (version, current, refusals) => {
    const dated = `## [${version}] - 2026-01-31\n\n- Something.\n`;
    expect(judgeRelease({ ...local, version, current, changelog: dated })).toHaveLength(refusals);
  });

  it('needs its heading in the changelog, with a date and something below it', () => {
    expect(judgeRelease({ ...local, changelog: '## [Unreleased]\n\n- Something.\n' })).toEqual([expect.stringContaining('no heading "## [1.2.0]')]);
    expect(judgeRelease({ ...local, changelog: '## [1.2.0]\n\n- Something.\n' })).toEqual([expect.stringContaining('no heading')]);
    expect(judgeRelease({ ...local, changelog: '## [1.2.0] - 2026-01-31\n\n## [1.1.0] - 2026-01-01\n\n- Something.\n' })).toEqual([expect.stringContaining('says nothing')]);
  });

  it('is published from a tagged commit of that very version, and with a repository to compare with', () => {
    expect(judgeRelease({ ...inWorkflow, current: '1.1.0', tags: [], missingAddresses: ['repository'] })).toEqual([
      expect.stringContaining('package.json names 1.1.0'),
      expect.stringContaining('not tagged v1.2.0'),
      expect.stringContaining('no "repository"'),
    ]);
  });

  it('is refused on any machine while nobody knows where the package comes from, with what to fill in', () => {
    expect(judgeRelease({ ...local, missingAddresses: ['repository', 'bugs', 'homepage'] })).toEqual([expect.stringMatching(/no "repository", "bugs", "homepage".*"url": "git\+https:/)]);
  });
});

describe('the workflow that publishes', () => {
  const workflow = readFileSync('.github/workflows/release.yml', 'utf8');

  it('may sign where the package was built, and write nothing', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m);
    expect([...workflow.matchAll(/^ {6}([\w-]+): (read|write)$/gm)].map(([, name, right]) => `${name} ${right}`)).toEqual(['contents read', 'id-token write']);
  });

  it('runs actions of exact commits', () => {
    const actions = [...workflow.matchAll(/uses: (.*)$/gm)].map(([, action = '']) => action);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });
});
