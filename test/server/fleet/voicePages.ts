import { WebSocket } from 'ws';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { createGrantSource } from '../../../src/grant/createGrantSource.js';
import type { Grant } from '../../../src/grant/grant.js';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL, RELAY_UPSTREAM_OPEN, relaySubprotocols } from '../../../src/grant/relayProtocol.js';
import { pause, persist, type PageWorld } from './livePages.js';

/** What became of tickets. */
export interface TicketTally {
  shown: number;
  admitted: number;
  /** Refused because they were spent. */
  refused: number;
  /** Tickets with which more than one socket was opened. */
  spentTwice: number;
  /** Conversations that went on in another socket after theirs broke. */
  resumed: number;
}

export const newTicketTally = (): TicketTally => ({ shown: 0, admitted: 0, refused: 0, spentTwice: 0, resumed: 0 });

interface Shown {
  readonly outcome: 'admitted' | 'spent' | 'broken';
  readonly socket: WebSocket;
  readonly closed: Promise<void>;
}

/** Shows a ticket as a browser does. */
function show({ voice }: Grant): Promise<Shown> {
  if (voice === undefined) throw new Error('The grant has no voice.');
  const socket = new WebSocket(voice.url, relaySubprotocols(voice.ticket), { perMessageDeflate: false });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => String(data) === RELAY_UPSTREAM_OPEN && resolve({ outcome: 'admitted', socket, closed }));
    socket.once('close', (code) => resolve({ outcome: code === RELAY_CLOSE.ticketRefused && socket.protocol === RELAY_SUBPROTOCOL ? 'spent' : 'broken', socket, closed }));
  });
}

const AT_ONCE = 3;

/** Pages of a voice, one after the other. Each shows every ticket several times, at once and again, and goes on with another when its socket breaks. */
export async function talk(world: PageWorld, tickets: TicketTally, name: string): Promise<void> {
  const { url, random, tally, signal } = world;
  const never = new AbortController().signal;

  /** Shows one ticket in every way. The socket that it opened; null when none came of it. */
  async function spend(grant: Grant): Promise<Shown | null> {
    const all = await Promise.all(Array.from({ length: AT_ONCE }, () => show(grant)));
    tickets.shown += AT_ONCE;
    const admitted = all.filter(({ outcome }) => outcome === 'admitted');
    tickets.admitted += admitted.length;
    tickets.refused += all.filter(({ outcome }) => outcome === 'spent').length;
    if (admitted.length > 1) tickets.spentTwice++;
    for (const { socket } of admitted.slice(1)) socket.terminate();
    return admitted[0] ?? null;
  }

  /** One that was spent is refused by whatever instance comes next, also after a crash. */
  async function replay(grant: Grant): Promise<void> {
    const again = await show(grant);
    tickets.shown++;
    if (again.outcome === 'admitted') tickets.spentTwice++;
    if (again.outcome === 'spent') tickets.refused++;
    again.socket.terminate();
  }

  for (let count = 0; !signal.aborted; count++) {
    const source = createGrantSource({ url, headers: { 'x-user': `${name} ${count}` } });
    let grant = await persist(world, () => source.request({ purpose: 'start', previous: null, wishes: { avatar: false, voice: { service: 'dve' } }, signal: never }));
    if (grant === null) return;
    tally.started++;
    const leavesAt = performance.now() + random.between(1_500, 6_000);
    let wasOpen = false;
    try {
      while (performance.now() < leavesAt && !signal.aborted) {
        const open = await spend(grant);
        if (open !== null) {
          if (wasOpen) tickets.resumed++;
          wasOpen = true;
          await Promise.race([open.closed, pause(leavesAt - performance.now(), signal)]);
          open.socket.terminate();
          await replay(grant);
        }
        if (performance.now() >= leavesAt || signal.aborted) break;
        const previous: Grant = grant;
        grant = (await persist(world, () => source.request({ purpose: 'renew', previous, wishes: {}, signal: never }))) ?? previous;
        tally.renewed++;
      }
      if (random.percent(50)) await source.end(grant, { leaving: false });
    } catch (error) {
      tally.lost.push(AvatarError.isInstance(error) ? error.reason : String(error));
    }
  }
}
