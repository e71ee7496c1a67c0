import { AvatarError } from '../../../errors/AvatarError.js';
import type { VendorSession, VendorSessionLedger } from '../vendorSessionLedger.js';

/** The vendors' sessions in the memory of one process. */
export function createVendorSessionMemory(maxEntries: number, epochMs: () => number): VendorSessionLedger {
  const open = new Map<string, VendorSession>();

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async note(session) {
      if (open.has(session.vendorId)) return false;
      // Nothing is forgotten to make room: it would stay open and be paid for.
      if (open.size >= maxEntries) throw new AvatarError('rate-limited', { message: 'Too many sessions are open here. Try again later.' });
      open.set(session.vendorId, session);
      return true;
    },
    async putOff(vendorId, dueAt) {
      const session = open.get(vendorId);
      if (session === undefined || session.closings > 0) return false;
      open.set(vendorId, { ...session, dueAt });
      return true;
    },
    async claim(vendorId, { until, evenIfKept }) {
      const session = open.get(vendorId);
      if (session === undefined) return null;
      const isDue = session.dueAt <= epochMs();
      if (!isDue && (session.closings > 0 || !evenIfKept)) return null;
      const claimed = { ...session, dueAt: until, closings: session.closings + 1 };
      open.set(vendorId, claimed);
      return claimed;
    },
    async drop(vendorId) {
      open.delete(vendorId);
    },
    find: async (session) => [...open.values()].find((entry) => entry.session === session && entry.closings === 0) ?? null,
    async listDue(limit) {
      const now = epochMs();
      return [...open.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },
  };
}
