import { describe, expect, it } from 'vitest';
import type { VendorSession } from '../../../src/server.js';
import { atOnce, LONG_MS, SHORT_MS, type LedgerUnderTest } from './contract.js';

/** What every ledger promises of sessions at vendors. */
export function describeVendorSessions(current: () => LedgerUnderTest): void {
  const at = (ms: number): number => current().now() + ms;
  const noted = (vendorId: string, dueInMs: number): VendorSession => ({ vendorId, session: `of ${vendorId}`, sessionId: 's', dueAt: at(dueInMs), endsAt: at(3_600_000), closings: 0 });
  const idsOf = (sessions: readonly VendorSession[]): string[] => sessions.map(({ vendorId }) => vendorId);

  describe("vendors' sessions", () => {
    it('are noted once, with all that is known of them', async () => {
      const under = current();
      const session = noted('a', LONG_MS);
      const news = await atOnce(under, 30, ({ vendorSessions }) => vendorSessions.note(session));
      expect(news.filter(Boolean)).toHaveLength(1);
      const found = await under.instances[1].vendorSessions.find('of a');
      expect({ ...found, dueAt: session.dueAt }).toEqual(session);
      // The ledger's clock is another one.
      expect(Math.abs((found?.dueAt ?? 0) - session.dueAt) < LONG_MS / 2).toBe(true);
      expect(await under.instances[1].vendorSessions.find('of nobody')).toBeNull();
      expect(await under.instances[1].vendorSessions.find('of')).toBeNull();
    });

    it('are claimed by one of many, and by another only when that one had its time', async () => {
      const under = current();
      const [{ vendorSessions }] = under.instances;
      await vendorSessions.note(noted('a', LONG_MS));
      const claim = (ledger: typeof vendorSessions, evenIfKept: boolean) => ledger.claim('a', { until: at(SHORT_MS), evenIfKept });
      expect(await claim(vendorSessions, false)).toBeNull();
      const claims = await atOnce(under, 50, (ledger) => ledger.vendorSessions.claim('a', { until: at(LONG_MS), evenIfKept: true }));
      expect(claims.filter((claimed) => claimed !== null)).toMatchObject([{ vendorId: 'a', session: 'of a', closings: 1 }]);
      await vendorSessions.note(noted('b', LONG_MS));
      await vendorSessions.claim('b', { until: at(SHORT_MS), evenIfKept: true });
      await under.pass(SHORT_MS);
      const again = await atOnce(under, 50, (ledger) => ledger.vendorSessions.claim('b', { until: at(LONG_MS), evenIfKept: false }));
      expect(again.filter((claimed) => claimed !== null)).toMatchObject([{ vendorId: 'b', closings: 2 }]);
      expect(await vendorSessions.claim('nobody', { until: at(LONG_MS), evenIfKept: true })).toBeNull();
    });

    it('are kept and found by nobody while they are being closed, or are not there', async () => {
      const [{ vendorSessions: one }, { vendorSessions: two }] = current().instances;
      await one.note(noted('a', SHORT_MS));
      expect(await two.putOff('a', at(LONG_MS))).toBe(true);
      await current().pass(SHORT_MS);
      expect(await one.listDue(10)).toEqual([]);
      expect(await one.find('of a')).toMatchObject({ vendorId: 'a', closings: 0 });
      await two.claim('a', { until: at(LONG_MS), evenIfKept: true });
      expect(await one.putOff('a', at(LONG_MS))).toBe(false);
      expect(await one.find('of a')).toBeNull();
      expect(await one.putOff('nobody', at(LONG_MS))).toBe(false);
    });

    it('of one of our sessions are told apart', async () => {
      const [{ vendorSessions }] = current().instances;
      await vendorSessions.note({ ...noted('old', LONG_MS), session: 'ours' });
      await vendorSessions.note({ ...noted('new', LONG_MS), session: 'ours' });
      await vendorSessions.note({ ...noted('other', LONG_MS), session: 'ours too' });
      await vendorSessions.claim('old', { until: at(LONG_MS), evenIfKept: true });
      expect(await vendorSessions.find('ours')).toMatchObject({ vendorId: 'new' });
      await vendorSessions.drop('new');
      expect(await vendorSessions.find('ours')).toBeNull();
      expect(await vendorSessions.find('ours too')).toMatchObject({ vendorId: 'other' });
    });

    it('are listed when they are due, the longest first, and forgotten only when they are closed', async () => {
      const under = current();
      const [{ vendorSessions: one }, { vendorSessions: two }] = under.instances;
      for (const [name, dueInMs] of [['late', 0], ['early', -5_000], ['later', LONG_MS]] as const) await one.note(noted(name, dueInMs));
      expect(idsOf(await two.listDue(10))).toEqual(['early', 'late']);
      expect(idsOf(await two.listDue(1))).toEqual(['early']);
      await two.claim('early', { until: at(SHORT_MS), evenIfKept: false });
      expect(idsOf(await one.listDue(10))).toEqual(['late']);
      await under.pass(SHORT_MS);
      expect(await one.listDue(10)).toMatchObject([{ vendorId: 'late', closings: 0 }, { vendorId: 'early', closings: 1 }]);
      await two.drop('early');
      await two.drop('early');
      expect(idsOf(await one.listDue(10))).toEqual(['late']);
    });

    it('may be noted again once they were forgotten', async () => {
      const [{ vendorSessions }] = current().instances;
      await vendorSessions.note(noted('a', 0));
      await vendorSessions.claim('a', { until: at(LONG_MS), evenIfKept: false });
      await vendorSessions.drop('a');
      expect(await vendorSessions.note(noted('a', 0))).toBe(true);
      expect(await vendorSessions.listDue(10)).toMatchObject([{ vendorId: 'a', closings: 0 }]);
    });
  });
}
