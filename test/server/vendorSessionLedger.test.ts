import { expect, it } from 'vitest';
import { createMemoryLedger } from '../../src/server.js';
import { createManualServerClock } from './manualServerClock.js';

function setUp(maxEntries = 100) {
  const clock = createManualServerClock();
  const { vendorSessions } = createMemoryLedger({ clock, maxEntries });
  const at = (ms: number) => clock.epochMs() + ms;
  const note = (vendorId: string, dueInMs: number) => vendorSessions.note({ vendorId, session: `of ${vendorId}`, sessionId: 's', dueAt: at(dueInMs), endsAt: at(10_000), closings: 0 });
  return { clock, at, note, vendorSessions };
}

it('lets a session be claimed by one of many, and by another only when that one had its time', async () => {
  const { clock, at, note, vendorSessions } = setUp();
  await note('a', 1_000);
  const claim = (evenIfKept: boolean) => vendorSessions.claim('a', { until: at(500), evenIfKept });
  expect(await claim(false)).toBeNull();
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim(true)));
  expect(claims.filter((claimed) => claimed !== null)).toMatchObject([{ vendorId: 'a', closings: 1 }]);
  clock.advance(500);
  expect(await claim(false)).toMatchObject({ closings: 2 });
});

it('lets nobody keep or find a session that is being closed, or is not there', async () => {
  const { at, note, vendorSessions } = setUp();
  await note('a', 1_000);
  expect(await vendorSessions.putOff('a', at(2_000))).toBe(true);
  expect(await vendorSessions.find('of a')).toMatchObject({ vendorId: 'a', dueAt: at(2_000) });
  await vendorSessions.claim('a', { until: at(500), evenIfKept: true });
  expect(await vendorSessions.putOff('a', at(3_000))).toBe(false);
  expect(await vendorSessions.find('of a')).toBeNull();
  expect(await vendorSessions.putOff('b', at(3_000))).toBe(false);
});

it('lists what is due, the longest first, and forgets only what is closed', async () => {
  const { clock, note, vendorSessions } = setUp();
  await note('late', 2_000);
  await note('early', 1_000);
  await note('later', 3_000);
  clock.advance(2_500);
  expect((await vendorSessions.listDue(10)).map(({ vendorId }) => vendorId)).toEqual(['early', 'late']);
  expect(await vendorSessions.listDue(1)).toHaveLength(1);
  await vendorSessions.drop('early');
  clock.advance(1_000_000);
  expect((await vendorSessions.listDue(10)).map(({ vendorId }) => vendorId)).toEqual(['late', 'later']);
});

it('refuses another when full, rather than forget one that is paid for', async () => {
  const { note } = setUp(1);
  expect(await note('a', 1)).toBe(true);
  expect(await note('a', 1)).toBe(false);
  await expect(note('b', 1)).rejects.toMatchObject({ reason: 'rate-limited' });
});
