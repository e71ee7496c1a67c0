import { describe, expect, it } from 'vitest';
import { createMemoryLedger } from '../../src/server.js';

function setUp(maxEntries = 100) {
  let epochMs = 1_000_000;
  const clock = { now: () => epochMs, epochMs: () => epochMs, schedule: () => () => {} };
  return { ledger: createMemoryLedger({ clock, maxEntries }), now: () => epochMs, advance: (ms: number) => void (epochMs += ms) };
}

describe('memory ledger', () => {
  it('lets a ticket be spent once, also when it is tried many times at once', async () => {
    const { ledger, now } = setUp();
    const spent = await Promise.all(Array.from({ length: 20 }, () => ledger.spendTicket('t', now() + 1_000)));
    expect(spent.filter(Boolean)).toHaveLength(1);
  });

  it('refuses further tickets when full rather than forget a spent one', async () => {
    const { ledger, now, advance } = setUp(2);
    expect(await ledger.spendTicket('a', now() + 1_000)).toBe(true);
    expect(await ledger.spendTicket('b', now() + 1_000)).toBe(true);
    expect(await ledger.spendTicket('c', now() + 1_000)).toBe(false);
    expect(await ledger.spendTicket('a', now() + 1_000)).toBe(false);
    advance(1_000);
    expect(await ledger.spendTicket('c', now() + 1_000)).toBe(true);
  });

  it('promises a node to one holder until it lapses or is given back', async () => {
    const { ledger, now, advance } = setUp();
    expect(await ledger.reserveNode('n', 'a', now() + 10)).toBe(true);
    expect(await ledger.reserveNode('n', 'a', now() + 10)).toBe(true);
    expect(await ledger.reserveNode('n', 'b', now() + 10)).toBe(false);
    await ledger.releaseNode('n', 'b');
    expect(await ledger.reserveNode('n', 'b', now() + 10)).toBe(false);
    await ledger.releaseNode('n', 'a');
    expect(await ledger.reserveNode('n', 'b', now() + 10)).toBe(true);
    advance(10);
    expect(await ledger.reserveNode('n', 'a', now() + 10)).toBe(true);
  });

  it('forgives a node over time, and at once when it works', async () => {
    const { ledger, advance } = setUp();
    await ledger.reportNode('n', { kind: 'failure' });
    await ledger.reportNode('n', { kind: 'failure' });
    expect((await ledger.readNodes(['n', 'other'])).map(({ failures }) => failures)).toEqual([2, 0]);
    advance(30_000);
    expect((await ledger.readNodes(['n']))[0]?.failures).toBe(1);
    advance(300_000);
    expect((await ledger.readNodes(['n']))[0]?.failures).toBe(0);
    await ledger.reportNode('n', { kind: 'failure' });
    await ledger.reportNode('n', { kind: 'success', latencyMs: 5 });
    expect((await ledger.readNodes(['n']))[0]?.failures).toBe(0);
  });

  it('allows so many within a window, says how long to wait, and starts anew after it', async () => {
    const { ledger, advance } = setUp();
    const limit = { points: 2, windowMs: 100 };
    expect([await ledger.consume('k', limit), await ledger.consume('k', limit)]).toEqual([{ allowed: true, retryAfterMs: 0 }, { allowed: true, retryAfterMs: 0 }]);
    advance(40);
    expect(await ledger.consume('k', limit)).toEqual({ allowed: false, retryAfterMs: 60 });
    advance(60);
    expect((await ledger.consume('k', limit)).allowed).toBe(true);
  });
});
