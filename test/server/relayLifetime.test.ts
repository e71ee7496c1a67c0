import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RELAY_CLOSE, relaySubprotocols } from '../../src/grant/relayProtocol.js';
import { createMemoryLedger } from '../../src/server.js';
import { guardedLookup } from '../../src/server/relay/guardedLookup.js';
import { instance } from './fakeVendor.js';
import { createManualServerClock } from './manualServerClock.js';
import { ORIGIN, admissionOf, eventually, startServer, type ServerHarness } from './serverHarness.js';

const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';

let server: ServerHarness | null = null;
afterEach(() => server?.close());

async function startManual() {
  const clock = createManualServerClock();
  server = await startServer(() => ({ clock, ledger: createMemoryLedger({ clock }) }));
  return { server, clock };
}

describe('a browser that is gone without a word', () => {
  it('is noticed by its silence, and leave is taken of the node', async () => {
    const { server, clock } = await startManual();
    const grant = await server.grant();
    const { url, ticket } = admissionOf(grant);
    const socket = new WebSocket(url, relaySubprotocols(ticket), { origin: ORIGIN, autoPong: false });
    socket.on('error', () => {});
    const gone = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('message', resolve));
    const pinged = new Promise((resolve) => socket.once('ping', resolve));
    clock.advance(20_000);
    await pinged;
    clock.advance(20_000);
    expect(await gone).toBe(1006);
    await eventually(() => server.vendor.sockets[0]?.received.join().includes('leave_channel') === true);
  });

  it('is not mistaken for one that answers pings', async () => {
    const { server, clock } = await startManual();
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    for (let beat = 0; beat < 4; beat += 1) {
      const pinged = new Promise((resolve) => browser.socket.once('ping', resolve));
      clock.advance(20_000);
      await pinged;
      // The pong is on its way before this message, so once the node has that, the pong has been read.
      browser.send({ v: 2, type: 'ping', mid: `g${beat}`, pld: {} });
      await browser.until((message) => message['mid'] === `g${beat}`);
    }
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
  });
});

describe('a session that is ended elsewhere', () => {
  it('loses its connection at the next beat', async () => {
    const { server, clock } = await startManual();
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.until(isSystem);
    await server.post('/session/end', { renewal: grant.renewal });
    clock.advance(20_000);
    expect(await browser.closed).toEqual({ code: RELAY_CLOSE.ticketRefused, reason: 'The session has ended.' });
  });
});

describe('a node that takes no more data', () => {
  it('is given up after half a minute', async () => {
    const clock = createManualServerClock();
    server = await startServer(() => ({ clock, ledger: createMemoryLedger({ clock }), limits: { maxBufferedBytes: 10_000, maxMessagesPerSecond: 10_000 } }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    server.vendor.sockets[0]?.socket.pause();
    for (let index = 0; index < 300; index += 1) browser.send({ v: 2, type: 'chat', mid: 'a', pld: { audio: 'A'.repeat(200_000) } });
    await eventually(() => clock.pending > 2);
    clock.advance(30_000);
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.upstreamTimeout });
    server.vendor.sockets[0]?.socket.terminate();
  });
});

describe('node names', () => {
  it('are resolved', async () => {
    server = await startServer();
    const { vendor } = server;
    vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(vendor.port, { ip: 'localhost' })] } } });
    await server.open(await server.grant()).until(isSystem);
    expect(vendor.sockets[0]?.request.headers.host).toBe(`localhost:${vendor.port}`);
  });

  it('are refused when they lead where discovery may not', async () => {
    const asked: string[] = [];
    const policy = { permitsHost: () => true, permitsAddress: (address: string, name: string) => asked.push(`${name} ${address}`) < 0 };
    const error = await new Promise((resolve) => guardedLookup(policy)('localhost', { family: 4 }, resolve));
    expect(error).toBeInstanceOf(Error);
    expect(asked).toEqual(['localhost 127.0.0.1']);
  });
});

describe('after close', () => {
  it('no socket, server or timer is left', async () => {
    const count = (): Record<string, number> => {
      const kinds: Record<string, number> = {};
      for (const kind of process.getActiveResourcesInfo()) if (/Timeout|TCP/.test(kind)) kinds[kind] = (kinds[kind] ?? 0) + 1;
      return kinds;
    };
    const total = (): number => Object.values(count()).reduce((sum, value) => sum + value, 0);
    const before = total();
    const own = await startServer();
    const live = own.open(await own.grant());
    await live.until(isSystem);
    await own.open(await renewedGrant(own)).until(isSystem);
    expect(await own.open({ version: 1, sessionId: '', expiresAt: 0, avatar: { service: 'akool-streaming', avatarId: '', url: '', ticket: 'bad', ticketExpiresAt: 0 } }).closed).toMatchObject({ code: 4401 });
    expect(total()).toBeGreaterThan(before);
    await own.close();
    await eventually(() => total() <= before);
  });
});

async function renewedGrant({ vendor, grant }: ServerHarness) {
  vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(vendor.port, { ip: 'localhost' })] } } });
  return grant();
}
