/** What a browser and the relay agree on. Shared by `services/*` and `server/relay`. */

/** Subprotocol that the relay selects. The second offered value carries the ticket, so that it stays out of URLs and logs. */
export const RELAY_SUBPROTOCOL = 'visavis.v1';
const TICKET_PREFIX = 'ticket.';

/** The two subprotocols with which a ticket is shown. Sealed tickets use only characters that a subprotocol may hold. */
export function relaySubprotocols(ticket: string): string[] {
  return [RELAY_SUBPROTOCOL, TICKET_PREFIX + ticket];
}

/** Reads the ticket out of offered subprotocols; null when there is none. */
export function ticketFromSubprotocols(offered: Iterable<string>): string | null {
  for (const value of offered) if (value.startsWith(TICKET_PREFIX)) return value.slice(TICKET_PREFIX.length);
  return null;
}

/**
 * Close codes of the relay's own (44xx, 45xx). A code that the vendor closes with (4001, 4003, 4004, ...) is passed on unchanged.
 *
 * A page cannot read the HTTP status of a refused upgrade, so the relay accepts the upgrade and closes with one of these.
 */
export const RELAY_CLOSE = {
  badRequest: 4400,
  ticketRefused: 4401,
  /** The vendor rejected the server's key, and has no close code of its own for that. */
  keyRejected: 4403,
  /** Nothing but pings came for too long. */
  idle: 4408,
  ticketExpired: 4410,
  messageTooLarge: 4413,
  rateLimited: 4429,
  upstreamUnreachable: 4502,
  draining: 4503,
  upstreamTimeout: 4504,
} as const;

/**
 * The one text message of a relay whose vendor speaks binary: the vendor's socket is open. Without it a browser could not
 * tell, since a vendor such as DVE says nothing until it is spoken to.
 */
export const RELAY_UPSTREAM_OPEN = 'upstream-open';
