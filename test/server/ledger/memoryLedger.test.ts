import { expect, it } from 'vitest';
import { createMemoryLedger } from '../../../src/server/ledger/createMemoryLedger.js';
import { createManualServerClock } from '../manualServerClock.js';
import { describeLedger } from './contract.js';

function setUp(maxEntries = 100_000) {
  const clock = createManualServerClock();
  return { clock, ledger: createMemoryLedger({ clock, maxEntries }), now: () => clock.epochMs() };
}

describeLedger('the ledger in memory', async () => ({
  async makeLedger() {
    const { ledger, clock, now } = setUp();
    return { instances: [ledger, ledger, ledger], now, pass: async (ms) => clock.advance(ms), age: async (_node, ms) => clock.advance(ms) };
  },
  close: async () => undefined,
}));

it('refuses further tickets when full rather than forget a spent one', async () => {
  const { ledger, now, clock } = setUp(2);
  expect(await ledger.spendTicket('a', now() + 1_000)).toBe(true);
  expect(await ledger.spendTicket('b', now() + 1_000)).toBe(true);
  expect(await ledger.spendTicket('c', now() + 1_000)).toBe(false);
  expect(await ledger.spendTicket('a', now() + 1_000)).toBe(false);
  clock.advance(1_000);
  expect(await ledger.spendTicket('c', now() + 1_000)).toBe(true);
});

it("refuses another vendor's session when full, rather than forget one that is paid for", async () => {
  const { ledger, now } = setUp(1);
  const note = (vendorId: string) => ledger.vendorSessions.note({ vendorId, session: 's', sessionId: 's', dueAt: now(), endsAt: now(), closings: 0 });
  expect(await note('a')).toBe(true);
  expect(await note('a')).toBe(false);
  await expect(note('b')).rejects.toMatchObject({ reason: 'rate-limited' });
});

it('forgets the oldest of what may be forgotten when full', async () => {
  const { ledger, now } = setUp(1);
  await ledger.takeSeat('a', 'first', now() + 1_000);
  await ledger.takeSeat('b', 'first', now() + 1_000);
  expect([await ledger.holdsSeat('a', 'second'), await ledger.holdsSeat('b', 'second')]).toEqual([true, false]);
});
