import type { ServerLedger } from '../ledger.js';
import type { LedgerMaps } from './createLedgerMaps.js';

/** Spent tickets and ended sessions in the memory of one process. */
export function createTicketMemory({ newMap, remember }: LedgerMaps): Pick<ServerLedger, 'spendTicket' | 'endSession' | 'isSessionEnded'> {
  const spent = newMap<true>();
  const ended = newMap<true>();

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async spendTicket(ticketId, expiresAt) {
      if (spent.get(ticketId) === true) return false;
      // When full, refuse: forgetting a spent ticket would let it be used again.
      return spent.set(ticketId, true, expiresAt);
    },
    async endSession(session, expiresAt) {
      remember(ended, session, true, expiresAt);
    },
    isSessionEnded: async (session) => ended.get(session) === true,
  };
}
