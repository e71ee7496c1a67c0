import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerLedger } from '../../../src/server.js';
import { describeLiveSessions } from './liveSessionContract.js';
import { describeVendorSessions } from './vendorSessionContract.js';

/** A ledger that knows nothing yet, as three instances see it. */
export interface LedgerUnderTest {
  readonly instances: readonly [ServerLedger, ServerLedger, ServerLedger];
  /** Milliseconds since the epoch, of the instances. */
  now(): number;
  /** Resolves when that much time has passed for the ledger. */
  pass(ms: number): Promise<void>;
  /** Moves what is known of a node's failures into the past. */
  age(node: string, ms: number): Promise<void>;
}

export interface LedgerFixture {
  makeLedger(): Promise<LedgerUnderTest>;
  close(): Promise<void>;
}

/** Long enough for whatever a test does meanwhile. */
export const LONG_MS = 60_000;
/** Short enough to wait for. */
export const SHORT_MS = 25;

/** Does something many times at once, from all instances in turn. */
export function atOnce<Value>({ instances }: LedgerUnderTest, times: number, act: (ledger: ServerLedger, index: number) => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => act(instances[index % 3] ?? instances[0], index)));
}

/** What every ledger promises. */
export function describeLedger(name: string, startFixture: () => Promise<LedgerFixture>): void {
  describe(name, () => {
    let fixture: LedgerFixture;
    let under: LedgerUnderTest;
    beforeAll(async () => {
      fixture = await startFixture();
    });
    afterAll(() => fixture.close());
    beforeEach(async () => {
      under = await fixture.makeLedger();
    });

    it('lets a ticket be spent once, also when all instances try it at the same time', async () => {
      const spent = await atOnce(under, 50, (ledger) => ledger.spendTicket('t', under.now() + LONG_MS));
      expect(spent.filter(Boolean)).toHaveLength(1);
      expect(await under.instances[0].spendTicket('another', under.now() + LONG_MS)).toBe(true);
    });

    it('tells all instances which sessions have ended', async () => {
      const [one, two, three] = under.instances;
      await one.endSession('s', under.now() + LONG_MS);
      expect(await Promise.all([one, two, three].map((ledger) => ledger.isSessionEnded('s')))).toEqual([true, true, true]);
      expect(await two.isSessionEnded('another')).toBe(false);
    });

    it('promises a node to one holder until it lapses or is given back', async () => {
      const [one, two] = under.instances;
      const promised = await atOnce(under, 50, (ledger, index) => ledger.reserveNode('n', `holder ${index}`, under.now() + LONG_MS));
      expect(promised.filter(Boolean)).toHaveLength(1);
      const holder = `holder ${promised.indexOf(true)}`;
      expect(await two.reserveNode('n', holder, under.now() + LONG_MS)).toBe(true);
      await one.releaseNode('n', 'somebody else');
      expect(await one.reserveNode('n', 'somebody else', under.now() + LONG_MS)).toBe(false);
      await two.releaseNode('n', holder);
      expect(await one.reserveNode('n', 'somebody else', under.now() + SHORT_MS)).toBe(true);
      await under.pass(SHORT_MS);
      expect(await two.reserveNode('n', holder, under.now() + LONG_MS)).toBe(true);
    });

    it('gives a seat to whoever took it last', async () => {
      const [one, two] = under.instances;
      expect(await one.holdsSeat('seat', 'first')).toBe(true);
      await one.takeSeat('seat', 'first', under.now() + LONG_MS);
      await two.takeSeat('seat', 'second', under.now() + LONG_MS);
      expect([await one.holdsSeat('seat', 'first'), await one.holdsSeat('seat', 'second')]).toEqual([false, true]);
    });

    it('forgives a node over time, and at once when it works', async () => {
      const [one, two] = under.instances;
      const failuresOf = async (...nodes: string[]) => (await two.readNodes(nodes)).map(({ failures }) => failures);
      await atOnce(under, 4, (ledger) => ledger.reportNode('n', { kind: 'failure' }));
      const [failures, ofOther] = await failuresOf('n', 'other');
      expect([failures, ofOther]).toEqual([expect.closeTo(4, 1), 0]);
      await under.age('n', 30_000);
      expect(await failuresOf('n')).toEqual([expect.closeTo(2, 1)]);
      await one.reportNode('n', { kind: 'failure' });
      expect(await failuresOf('n')).toEqual([expect.closeTo(3, 1)]);
      await under.age('n', 300_000);
      expect(await failuresOf('n')).toEqual([0]);
      await one.reportNode('n', { kind: 'failure' });
      await one.reportNode('n', { kind: 'success', latencyMs: 5 });
      expect(await failuresOf('n')).toEqual([0]);
      expect(await two.readNodes([])).toEqual([]);
    });

    it('smooths the latency of a node that works', async () => {
      const [one, two] = under.instances;
      const latencyOf = async () => (await two.readNodes(['n']))[0]?.latencyMs;
      expect(await latencyOf()).toBeNull();
      await one.reportNode('n', { kind: 'success', latencyMs: 40.5 });
      expect(await latencyOf()).toBeCloseTo(40.5);
      await two.reportNode('n', { kind: 'success', latencyMs: 140.5 });
      expect(await latencyOf()).toBeCloseTo(70.5);
    });

    it('allows so many within a window, says how long to wait, and starts anew after it', async () => {
      const windowMs = 1_000;
      const verdicts = await atOnce(under, 50, (ledger) => ledger.consume('k', { points: 20, windowMs }));
      expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(20);
      for (const { allowed, retryAfterMs } of verdicts) {
        if (allowed) expect(retryAfterMs).toBe(0);
        else expect(retryAfterMs > 0 && retryAfterMs <= windowMs).toBe(true);
      }
      expect((await under.instances[0].consume('another', { points: 1, windowMs })).allowed).toBe(true);
      await under.pass(windowMs);
      expect((await under.instances[1].consume('k', { points: 20, windowMs })).allowed).toBe(true);
    });

    it('keeps apart names that differ in anything but their letters', async () => {
      const [ledger] = under.instances;
      for (const name of ['a', 'a:b', '{a}', 'a\n', 'a\0', 'ä', '*', '__proto__']) expect(await ledger.spendTicket(name, under.now() + LONG_MS)).toBe(true);
    });

    it('can be relied upon', async () => {
      await expect(under.instances[0].check()).resolves.toBeUndefined();
    });

    describeLiveSessions(() => under);
    describeVendorSessions(() => under);
  });
}
