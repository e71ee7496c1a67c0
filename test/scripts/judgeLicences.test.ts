import { describe, expect, it } from 'vitest';
import { judgeLicences } from '../../scripts/judgeLicences.mjs';

const none = () => undefined;

describe('licences', () => {
  it('of what is shipped are those that any application can ship', () => {
    expect(judgeLicences({ '': {}, 'node_modules/a': { version: '1.0.0', license: 'MIT' } }, none)).toEqual({ judged: 1, complaints: [] });
    expect(judgeLicences({ 'node_modules/a': { version: '1.0.0', license: 'MPL-2.0' } }, none).complaints).toEqual(['a 1.0.0: MPL-2.0 is not among the licences for what is shipped.']);
  });

  it('of tools may be more', () => {
    expect(judgeLicences({ 'node_modules/a': { license: 'MPL-2.0', dev: true } }, none).complaints).toEqual([]);
    expect(judgeLicences({ 'node_modules/a': { version: '2.0.0', license: 'AGPL-3.0-only', dev: true } }, none).complaints).toEqual(['a 2.0.0: AGPL-3.0-only is not among the licences for what is used here.']);
  });

  it('are read from an installed package where the lock file names none', () => {
    const packages = { 'node_modules/b/node_modules/@scope/a': { version: '1.0.0' } };
    expect(judgeLicences(packages, (place) => (place.endsWith('@scope/a') ? 'ISC' : undefined)).complaints).toEqual([]);
    expect(judgeLicences(packages, none).complaints[0]).toMatch(/^@scope\/a 1\.0\.0: names no licence\./);
  });

  it('of binaries for another platform are those of the package that they belong to', () => {
    const owner = { license: 'MIT', optionalDependencies: { 'a-win32': '1.0.0' } };
    expect(judgeLicences({ 'node_modules/a': owner, 'node_modules/a-win32': { version: '1.0.0' } }, none).complaints).toEqual([]);
    // Another version may have another licence.
    expect(judgeLicences({ 'node_modules/a': owner, 'node_modules/a-win32': { version: '2.0.0' } }, none).complaints).toHaveLength(1);
  });

  it.each([
    ['MIT OR GPL-3.0-only', 0],
    ['(GPL-3.0-only OR MIT)', 0],
    ['MIT AND GPL-3.0-only', 1],
    ['MIT WITH Something-exception', 1],
    ['SEE LICENSE IN LICENSE', 1],
    ['', 1],
  ])('in an expression such as %j count together', (license, complaints) => {
    expect(judgeLicences({ 'node_modules/a': { license } }, none).complaints).toHaveLength(complaints);
  });
});
