import { z } from 'zod';
import type { LiveSession, LiveSessionLedger } from '../liveSessionLedger.js';
import { CLOSE_LIVE, COUNT_LIVE, EXTEND_LIVE, LIST_LIVE, OPEN_LIVE } from './liveSessionScripts.js';
import type { RedisSide } from './RedisSide.js';

const verdict = z.enum(['opened', 'subject-full', 'all-full']);
const listed = z.array(z.tuple([z.string(), z.number()]));
const known = z.object({
  session: z.string(),
  sessionId: z.string(),
  subject: z.string(),
  service: z.string().nullable(),
  avatarId: z.string().nullable(),
  startedAt: z.number(),
});

/** The live sessions in Redis. Their keys expire with the last lease. */
export function createLiveSessionRedis({ run, key, msUntil, epochMs }: RedisSide): LiveSessionLedger {
  const keysOf = (subject: string): readonly string[] => [key('live'), key('live-known'), key('live-of', subject)];
  const put = ({ until, ...session }: LiveSession): readonly (string | number)[] => [session.session, JSON.stringify(session), msUntil(until)];

  return {
    open: async (session, { ofSubject, ofAll }) => verdict.parse(await run(OPEN_LIVE, keysOf(session.subject), [...put(session), ofSubject, ofAll])),
    async extend(session) {
      await run(EXTEND_LIVE, keysOf(session.subject), put(session));
    },
    async close(session, subject) {
      await run(CLOSE_LIVE, keysOf(subject), [session]);
    },
    async list(subject) {
      const now = epochMs();
      const found = listed.parse(await run(LIST_LIVE, keysOf(subject)));
      return found.map(([json, leftMs]) => ({ ...known.parse(JSON.parse(json)), until: now + leftMs })).sort((a, b) => a.startedAt - b.startedAt);
    },
    countAll: async () => z.number().parse(await run(COUNT_LIVE, [key('live')])),
  };
}
