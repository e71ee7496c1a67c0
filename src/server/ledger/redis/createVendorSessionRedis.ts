import { z } from 'zod';
import type { VendorSession, VendorSessionLedger } from '../vendorSessionLedger.js';
import type { RedisSide } from './RedisSide.js';
import { CLAIM_VENDOR, DROP_VENDOR, FIND_VENDOR, LIST_DUE_VENDOR, NOTE_VENDOR, PUT_OFF_VENDOR } from './vendorSessionScripts.js';

const known = z.object({ vendorId: z.string(), session: z.string(), sessionId: z.string(), endsAt: z.number() });
const claimed = z.tuple([z.string(), z.number()]).nullable();
const rows = z.array(z.tuple([z.string(), z.number(), z.number()]));

/** The vendors' sessions in Redis, which never forgets one by itself. */
export function createVendorSessionRedis({ run, key, epochMs }: RedisSide): VendorSessionLedger {
  const keys = ['vendor', 'vendor-due', 'vendor-closings', 'vendor-of'].map((name) => key(name));
  /** May be in the past: such a session is due at once. */
  const fromNow = (at: number): number => Math.ceil(at - epochMs());

  async function read(script: string, arg: string | number): Promise<readonly VendorSession[]> {
    const now = epochMs();
    return rows.parse(await run(script, keys, [arg])).map(([json, dueInMs, closings]) => ({ ...known.parse(JSON.parse(json)), dueAt: now + dueInMs, closings }));
  }

  return {
    note: async ({ dueAt, closings, ...session }) => (await run(NOTE_VENDOR, keys, [session.vendorId, JSON.stringify(session), fromNow(dueAt), closings])) === 1,
    putOff: async (vendorId, dueAt) => (await run(PUT_OFF_VENDOR, keys, [vendorId, fromNow(dueAt)])) === 1,
    async claim(vendorId, { until, evenIfKept }) {
      const answer = claimed.parse(await run(CLAIM_VENDOR, keys, [vendorId, fromNow(until), evenIfKept ? 1 : 0]));
      return answer && { ...known.parse(JSON.parse(answer[0])), dueAt: until, closings: answer[1] };
    },
    async drop(vendorId) {
      await run(DROP_VENDOR, keys, [vendorId]);
    },
    find: async (session) => (await read(FIND_VENDOR, session))[0] ?? null,
    listDue: (limit) => read(LIST_DUE_VENDOR, limit),
  };
}
