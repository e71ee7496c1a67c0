import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Grant } from '../../src/grant/grant.js';
import { parseGrant } from '../../src/grant/parseGrant.js';
import { relaySubprotocols } from '../../src/grant/relayProtocol.js';

export interface FleetSessionResult {
  /** How many attempts it took, the first included; null when it was given up. */
  readonly attempts: number | null;
  /** From `POST /session` until the node said that it is connected, or the page gave up. */
  readonly durationMs: number;
}

const RENEWALS = 3;
/** As a page waits before it comes back the first time. */
const PAUSE_MS = 150;
/** How long an avatar that came is talked to. */
const TALK_MS = 400;

/** One visitor: asks for a session, connects, and renews when the avatar is lost before it is there. */
export async function playFleetSession(baseUrl: string, origin: string): Promise<FleetSessionResult> {
  const startedAt = performance.now();
  let previous: Grant | null = null;
  for (let attempt = 1; attempt <= 1 + RENEWALS; attempt += 1) {
    if (attempt > 1) await delay(PAUSE_MS);
    const grant: Grant | null = await askGrant(baseUrl, origin, previous);
    previous = grant ?? previous;
    const socket = grant && (await connect(grant, origin));
    if (!socket) continue;
    const durationMs = performance.now() - startedAt;
    await talk(socket);
    return { attempts: attempt, durationMs };
  }
  return { attempts: null, durationMs: performance.now() - startedAt };
}

async function askGrant(baseUrl: string, origin: string, previous: Grant | null): Promise<Grant | null> {
  const response = await fetch(previous ? `${baseUrl}/session/renew` : `${baseUrl}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(previous ? { renewal: previous.renewal } : {}),
  });
  const body: unknown = await response.json();
  return response.ok ? parseGrant(body) : null;
}

/** The socket once the node has said that it is connected; null when it is lost before. */
async function connect({ avatar }: Grant, origin: string): Promise<WebSocket | null> {
  if (avatar?.service !== 'akool-streaming') throw new Error('no avatar in the grant');
  const socket = new WebSocket(avatar.url, relaySubprotocols(avatar.ticket), { origin, perMessageDeflate: false });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      if (String(data).includes('websocket_connected')) resolve(socket);
    });
    socket.once('close', () => resolve(null));
  });
}

async function talk(socket: WebSocket): Promise<void> {
  const gone = new Promise((resolve) => socket.once('close', resolve));
  const data = { vid: '', lang: 'en', mode: 3, bgurl: '' };
  socket.send(JSON.stringify({ v: 2, type: 'command', mid: 'cmd-set-params-1', pld: { cmd: 'set-params', data } }));
  await delay(TALK_MS);
  socket.send(JSON.stringify({ v: 2, type: 'event', mid: 'event-leave-1', pld: { event: 'leave_channel', reason: 'user_left' } }));
  // Whatever happened to the node meanwhile, it is over now.
  const cancel = setTimeout(() => socket.close(1000), 500);
  await gone;
  clearTimeout(cancel);
}
