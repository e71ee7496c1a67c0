import type { Grant } from '../../src/grant/grant.js';

/** The avatar's relay ticket. */
export function ticketOf({ avatar }: Grant): string {
  if (avatar === undefined || !('ticket' in avatar)) throw new Error('The grant holds no ticket of an avatar.');
  return avatar.ticket;
}

/** The pass with which a session is renewed, kept and ended. */
export function renewalOf({ renewal }: Grant): string {
  if (renewal === undefined) throw new Error('The grant holds no renewal pass.');
  return renewal;
}

/** The same bytes in another spelling: base64url of 16 bytes leaves four bits of its last character unused. */
export function respell(pass: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return pass.slice(0, -1) + (alphabet[alphabet.indexOf(pass.at(-1) ?? '') ^ 1] ?? '');
}
