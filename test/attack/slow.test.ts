import { afterEach, describe, expect, it } from 'vitest';
import { createFront, type Front } from '../../src/cli/serve/createFront.js';
import { createAvatarHandler, createRelay, toNodeListener } from '../../src/server.js';
import { systemServerClock } from '../../src/server/serverClock.js';
import { ORIGIN } from '../server/serverHarness.js';
import { handshake, openRaw, type RawPeer } from './openRaw.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

describe('a body that comes byte by byte', () => {
  // A minute is over in a second.
  const clock = { ...systemServerClock, schedule: (task: () => void, ms: number) => systemServerClock.schedule(task, ms / 60) };
  const target = useTarget(() => ({ clock }));

  it.each(['/session', '/session/renew', '/session/keep', '/session/end', '/sessions/end'])('is waited for no longer than it takes on any line: %s', async (path) => {
    const peer = await openRaw(target());
    peer.send(`POST /api/avatar${path} HTTP/1.1\r\nHost: x\r\nOrigin: ${ORIGIN}\r\nAuthorization: Bearer mallory\r\nContent-Length: 1000\r\n\r\n`);
    let isAnswered = false;
    const drip = (): void => void (isAnswered || (peer.send(' '), setImmediate(() => setTimeout(drip, 10))));
    drip();
    expect(await peer.status).toBe(408);
    isAnswered = true;
    expect(target().vendor.discoveryRequests).toEqual([]);
  });
});

describe('in front of `visavis serve`', () => {
  let front: Front | undefined;
  const target = useTarget();
  afterEach(async () => {
    front?.server.closeAllConnections();
    await new Promise((resolve) => front?.server.close(resolve));
  });

  /** With its time-outs a fiftieth of what they are. */
  async function connect(): Promise<RawPeer> {
    const { options } = target();
    const timeouts = { headersMs: 200, requestMs: 600, keepAliveMs: 600, checkEveryMs: 40 };
    front = createFront({ base: '/api/avatar', listener: toNodeListener(createAvatarHandler(options)), relay: createRelay(options), maxConnections: 10, onDrop: () => undefined, timeouts });
    const { server } = front;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return openRaw({ ...target(), port: typeof address === 'object' && address !== null ? address.port : 0 });
  }

  /** Sends a byte at a time for as long as anybody listens. */
  function drip(peer: RawPeer, bytes: string): void {
    let at = 0;
    const next = (): void => {
      if (peer.socket.destroyed || peer.socket.writableEnded) return;
      peer.send(bytes[at % bytes.length] ?? '');
      at += 1;
      setTimeout(next, 20);
    };
    next();
  }

  it.each<[string, string, string]>([
    ['an upgrade whose headers never end', handshake({ ticket: 'x' }).slice(0, -2), 'X-A: b\r\n'],
    ['an upgrade of which only the first letter comes', 'G', ''],
    ['a request whose headers never end', 'POST /api/avatar/session HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'],
    ['a request whose first line never ends', 'GET /', 'a'],
    ['a request whose body never ends', `POST /api/avatar/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer mallory\r\nOrigin: ${ORIGIN}\r\nContent-Length: 9999\r\n\r\n`, ' '],
    ['a body in chunks that never ends', `POST /api/avatar/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer mallory\r\nOrigin: ${ORIGIN}\r\nTransfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['a connection on which nothing more is asked', 'GET /api/avatar/health HTTP/1.1\r\nHost: x\r\n\r\n', ''],
  ])('%s is hung up on', async (_attack, start, rest) => {
    const peer = await connect();
    peer.send(start);
    if (rest !== '') drip(peer, rest);
    await peer.closed;
    expect(target().logs.filter(({ event }) => event === 'session-grant')).toEqual([]);
  });

  it('an upgrade outside of the server\'s own paths is not looked at', async () => {
    const peer = await connect();
    peer.send(handshake({ path: '/relay', ticket: ticketOf(await target().grant('mallory')) }));
    expect(await peer.closed).toMatchObject({ code: 1006 });
    expect(peer.bytes().length).toBe(0);
  });

  it.each(['//api/avatar/health', '/API/AVATAR/health', '/x/api/avatar/health', 'http://evil.example.com/other'])('the path %s is none of its own', async (path) => {
    const peer = await connect();
    peer.send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await peer.status).toBe(404);
  });
});
