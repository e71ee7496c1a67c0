import { RELAY_CLOSE, RELAY_SUBPROTOCOL, ticketFromSubprotocols } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { PassSealer } from '../tickets/createPassSealer.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';

export type Admission =
  | { readonly ok: true; readonly ticket: RelayTicket }
  | { readonly ok: false; readonly code: number; readonly reason: string };

/** What a browser shows when it comes. */
export interface Caller {
  /** Null for one that is no page. */
  readonly origin: string | null;
  readonly subprotocols: readonly string[];
}

/**
 * Decides whether a browser may have a relay connection. Spends its ticket when so, and only then.
 *
 * @throws whatever the ledger throws.
 */
export async function admitBrowser(config: ServerConfig, tickets: PassSealer<'relay'>, { origin, subprotocols }: Caller): Promise<Admission> {
  if (!subprotocols.includes(RELAY_SUBPROTOCOL)) return refused(RELAY_CLOSE.badRequest, `Offer the subprotocol ${RELAY_SUBPROTOCOL}.`);
  const shown = ticketFromSubprotocols(subprotocols);
  if (shown === null) return refused(RELAY_CLOSE.ticketRefused, 'A ticket is missing. Ask the session route for one.');

  const opened = await tickets.open(shown);
  if (!opened.ok && opened.why === 'expired') return refused(RELAY_CLOSE.ticketExpired, 'The ticket has expired. Ask for a new one.');
  if (!opened.ok) return refused(RELAY_CLOSE.ticketRefused, 'The ticket is not valid. Ask for a new one.');

  const ticket = opened.claims;
  // A foreign origin does not spend the ticket: its rightful page still can.
  if (origin !== ticket.origin) return refused(RELAY_CLOSE.ticketRefused, 'The ticket was given to another page.');
  if (await config.ledger.isSessionEnded(ticket.session)) return refused(RELAY_CLOSE.ticketRefused, 'The session has ended.');
  if (!(await config.ledger.spendTicket(ticket.ticketId, ticket.expiresAt)))
    return refused(RELAY_CLOSE.ticketRefused, 'The ticket was used before. Ask for a new one.');
  return { ok: true, ticket };
}

function refused(code: number, reason: string): Admission {
  return { ok: false, code, reason };
}
