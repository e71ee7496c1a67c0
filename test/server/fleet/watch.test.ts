import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAvatarHandler, createMemoryLedger, toNodeListener } from '../../../src/server.js';
import { startHosted, type HostedHarness } from '../hostedHarness.js';
import { createManualServerClock, type ManualServerClock } from '../manualServerClock.js';

let clock: ManualServerClock;
let dead: HostedHarness;

beforeEach(async () => {
  clock = createManualServerClock();
  const ledger = { ...createMemoryLedger({ clock }), shared: true };
  dead = await startHosted(() => ({ clock, ledger }));
});
afterEach(() => dead.close());

/** Lets time go by in steps, and what is due begin in between, as it does outside of a test. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5_000) {
    clock.advance(5_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it.each([
  ['that watches', (start: () => ReturnType<typeof createAvatarHandler>) => start().watch()],
  ['behind node:http', (start: () => ReturnType<typeof createAvatarHandler>) => void toNodeListener(start())],
])('an instance %s closes what another left open, though nobody asks it for anything', async (_how, use) => {
  await dead.grant();
  await dead.handler.close();
  use(() => createAvatarHandler(dead.options));
  await pass(85_000);
  expect(dead.vendor.open()).toHaveLength(1);
  await pass(15_000);
  await expect.poll(() => dead.vendor.open(), { interval: 5 }).toEqual([]);
});
