import { expect, it } from 'vitest';
import { judgeSoak } from '../soak/judgeSoak.js';
import { soak } from '../soak/soak.js';

it('two minutes of conversations on the same pages, with faults in between, leave nothing behind', { timeout: 600_000 }, async () => {
  const report = await soak(2, console.log);
  expect(judgeSoak(report)).toEqual([]);
});
