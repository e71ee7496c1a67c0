import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('the lock file', async () => {
  const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(await readFile('package-lock.json', 'utf8'));

  /** As Node looks a package up: beside whoever asks for it, then in every folder above. */
  function isLocked(asker: string, name: string): boolean {
    const places = [asker];
    for (let at = asker; at; ) {
      at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '';
      places.push(at);
    }
    return places.some((place) => `${place ? `${place}/` : ''}node_modules/${name}` in lock.packages);
  }

  it('holds the packages of every platform, so that npm ci takes it everywhere', () => {
    const missing = Object.entries(lock.packages).flatMap(([asker, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(asker, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved?.startsWith('http'))).toEqual([]);
  });
});
