import type { ServerLedger } from '../ledger.js';
import type { LedgerMaps } from './createLedgerMaps.js';

/** Who holds which node and which seat, in the memory of one process. */
export function createSeatMemory({ newMap, remember }: LedgerMaps): Pick<ServerLedger, 'reserveNode' | 'releaseNode' | 'takeSeat' | 'holdsSeat'> {
  const reservations = newMap<string>();
  const seats = newMap<string>();

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async reserveNode(node, holder, expiresAt) {
      const current = reservations.get(node);
      if (current !== undefined && current !== holder) return false;
      remember(reservations, node, holder, expiresAt);
      return true;
    },
    async releaseNode(node, holder) {
      if (reservations.get(node) === holder) reservations.delete(node);
    },
    async takeSeat(seat, connection, expiresAt) {
      remember(seats, seat, connection, expiresAt);
    },
    holdsSeat: async (seat, connection) => (seats.get(seat) ?? connection) === connection,
  };
}
