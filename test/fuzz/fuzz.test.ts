import { describe, expect, it, vi } from 'vitest';
import { fuzzTargets } from './fuzzTargets.js';
import { runTarget } from './runTarget.js';

// Seconds on a machine that does nothing else.
vi.setConfig({ testTimeout: 120_000 });

/** Small, so that all of them take a few seconds; `npm run fuzz` does millions. */
const MUTATIONS = 1_500;

describe('what comes from outside, mutated', () => {
  it.each(Object.entries(fuzzTargets))('does no harm to %s', async (_name, target) => {
    const count = Math.ceil(MUTATIONS * Math.min(1, target.share / 4));
    expect(await runTarget(target, { seed: 1, from: 0, count })).toMatchObject({ mutations: count });
  });
});
