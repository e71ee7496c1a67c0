import { describe, expect, it } from 'vitest';
import type { LiveSession } from '../../../src/server.js';
import { atOnce, LONG_MS, SHORT_MS, type LedgerUnderTest } from './contract.js';

const NO_LIMITS = { ofSubject: 1_000, ofAll: 1_000 };

/** What every ledger promises of sessions that are going on. */
export function describeLiveSessions(current: () => LedgerUnderTest): void {
  function session(name: string, lease: number, change: Partial<LiveSession> = {}): LiveSession {
    const now = current().now();
    return { session: name, sessionId: `id of ${name}`, subject: 'ada', service: 'akool-live', avatarId: null, startedAt: now, until: now + lease, ...change };
  }
  const namesOf = (sessions: readonly LiveSession[]): string[] => sessions.map((entry) => entry.session);

  describe('live sessions', () => {
    it('are as many of a subject as it may have, also when all are started at the same time', async () => {
      const under = current();
      const limits = { ofSubject: 7, ofAll: 1_000 };
      const verdicts = await atOnce(under, 50, ({ liveSessions }, index) => liveSessions.open(session(`s${index}`, LONG_MS), limits));
      expect(verdicts.filter((verdict) => verdict === 'opened')).toHaveLength(7);
      expect(new Set(verdicts)).toEqual(new Set(['opened', 'subject-full']));
      const { liveSessions } = under.instances[1];
      expect(await liveSessions.list('ada')).toHaveLength(7);
      expect(await liveSessions.open(session('of another', LONG_MS, { subject: 'grace' }), limits)).toBe('opened');
    });

    it('are as many of all as there may be', async () => {
      const under = current();
      const verdicts = await atOnce(under, 50, ({ liveSessions }, index) => liveSessions.open(session(`s${index}`, LONG_MS, { subject: `subject ${index}` }), { ofSubject: 5, ofAll: 9 }));
      expect(verdicts.filter((verdict) => verdict === 'opened')).toHaveLength(9);
      expect(new Set(verdicts)).toEqual(new Set(['opened', 'all-full']));
      expect(await under.instances[2].liveSessions.countAll()).toBe(9);
    });

    it('are listed for their subject alone, the oldest first, as all that is known of them', async () => {
      const [{ liveSessions: one }, { liveSessions: two }] = current().instances;
      const now = current().now();
      const first = session('first', LONG_MS, { startedAt: now - 2_000, service: null });
      await one.open(session('second', LONG_MS, { startedAt: now - 1_000, avatarId: 'äva "1"' }), NO_LIMITS);
      await two.open(first, NO_LIMITS);
      await two.open(session('third', LONG_MS, { subject: 'grace' }), NO_LIMITS);
      expect(namesOf(await two.list('ada'))).toEqual(['first', 'second']);
      const { until, ...known } = (await one.list('ada'))[0] ?? first;
      expect({ ...known, until: first.until }).toEqual(first);
      // The ledger's clock is another one.
      expect(Math.abs(until - first.until) < LONG_MS / 2).toBe(true);
      expect(await one.list('nobody')).toEqual([]);
    });

    it('lapse unless they are extended, and make room', async () => {
      const under = current();
      const [{ liveSessions: one }, { liveSessions: two }] = under.instances;
      const limits = { ofSubject: 2, ofAll: 2 };
      await one.open(session('kept', SHORT_MS), limits);
      await two.open(session('left', SHORT_MS), limits);
      await two.extend(session('kept', LONG_MS, { sessionId: 'what it is not called' }));
      await under.pass(SHORT_MS);
      expect(await two.list('ada')).toMatchObject([{ session: 'kept', sessionId: 'id of kept' }]);
      expect(await one.countAll()).toBe(1);
      expect(await one.open(session('new', LONG_MS), limits)).toBe('opened');
      expect(await one.open(session('too many', LONG_MS), limits)).toBe('subject-full');
    });

    it('are opened anew when one goes on that has lapsed, whatever the limits say', async () => {
      const under = current();
      const [{ liveSessions: one }, { liveSessions: two }] = under.instances;
      await one.open(session('a', SHORT_MS), NO_LIMITS);
      await under.pass(SHORT_MS);
      expect(await two.list('ada')).toEqual([]);
      await one.extend(session('a', LONG_MS));
      expect(namesOf(await two.list('ada'))).toEqual(['a']);
      expect(await two.open(session('b', LONG_MS), { ofSubject: 1, ofAll: 1 })).toBe('subject-full');
    });

    it('are extended when they are opened again, even where there is no room', async () => {
      const [{ liveSessions }] = current().instances;
      const limits = { ofSubject: 1, ofAll: 1 };
      expect(await liveSessions.open(session('a', LONG_MS), limits)).toBe('opened');
      expect(await liveSessions.open(session('a', LONG_MS), limits)).toBe('opened');
      expect(await liveSessions.countAll()).toBe(1);
    });

    it('are closed by their subject alone, as often as it likes', async () => {
      const [{ liveSessions: one }, { liveSessions: two }] = current().instances;
      await one.open(session('a', LONG_MS), NO_LIMITS);
      await two.close('a', 'grace');
      expect(namesOf(await one.list('ada'))).toEqual(['a']);
      await two.close('a', 'ada');
      await two.close('a', 'ada');
      expect(await one.list('ada')).toEqual([]);
      expect(await one.countAll()).toBe(0);
    });
  });
}
