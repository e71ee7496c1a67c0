import type { AkoolSession, AkoolSessions } from '../akool-live/createSessions.js';
import type { VendorState } from './createVendorCalls.js';

/** The states in which a session costs money. */
const OPEN_STATES = ['queueing', 'processing', 'ready'] as const;
const PAGE_SIZE = 100;
/** The vendor is asked for details of so many at once. */
const AT_ONCE = 5;

/**
 * The account's sessions that are in a room, by its name.
 *
 * Lists tell no room, so that each session is looked at. Only the vendor's first page of each state is: the list is meant for what
 * was opened a moment ago.
 */
export async function listInRoom(sessions: AkoolSessions, inspect: (vendorId: string) => Promise<VendorState>, room: string): Promise<readonly string[]> {
  const pages = await Promise.all(OPEN_STATES.map((status) => sessions.list({ page: 1, size: PAGE_SIZE, status })));
  const left = pages.flatMap(({ items }) => items);
  const found: string[] = [];

  async function look({ id, credentials: listed }: AkoolSession): Promise<void> {
    const credentials = listed ?? (await inspect(id)).credentials;
    if (credentials?.type === 'agora' && credentials.channel === room) found.push(id);
  }
  async function lookOn(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await look(next);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lookOn));
  return found;
}
