import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import { liveSessionOf, LIVE_LEASE_MS } from '../ledger/liveSessionOf.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import type { Seat } from './bridge.js';

export const TAKEN_OVER = 'A newer connection of this session took over.';

/**
 * Makes what a bridge does with the ledger at each beat: it looks whether its session has ended and whether a newer connection has
 * its seat, and if neither, says that the session goes on. The ledger is an aid here: a session goes on without it.
 *
 * @param end ends the bridge.
 */
export function createLedgerBeat(config: ServerConfig, ticket: RelayTicket, seat: Seat, end: (code: number, reason: string) => void): () => void {
  const { ledger, clock } = config;
  const named = liveSessionOf(ticket);

  async function beat(): Promise<void> {
    if (await ledger.isSessionEnded(ticket.session)) return end(RELAY_CLOSE.ticketRefused, 'The session has ended.');
    if (!(await ledger.holdsSeat(seat.name, seat.connection))) return end(RELAY_CLOSE.ticketRefused, TAKEN_OVER);
    await ledger.liveSessions.extend({ ...named, until: clock.epochMs() + LIVE_LEASE_MS });
  }

  return () => {
    beat().catch(() => {
      config.metrics.count('ledgerFailures', {});
      config.log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: { sessionId: ticket.sessionId } });
    });
  };
}
