import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL } from '../../src/grant/relayProtocol.js';
import { createMemoryLedger, type ServerLedger } from '../../src/server.js';
import { createManualServerClock } from './manualServerClock.js';
import { ORIGIN, admissionOf, eventually, startServer, type ServerHarness } from './serverHarness.js';

let server: ServerHarness;
afterEach(() => server.close());

interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** Sends a handshake with other headers than it should have; null leaves one out. Resolves with all that is answered until the end. */
function handshake({ method = 'GET', headers = {} }: Request): Promise<string> {
  const { port } = new URL(server.baseUrl);
  const all = {
    Host: 'x', Connection: 'Upgrade', Upgrade: 'websocket', Origin: ORIGIN, 'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol': `${RELAY_SUBPROTOCOL}, ticket.x`, ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${method} /api/avatar/relay HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`));
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

describe('a handshake', () => {
  it.each<[string, Request, number]>([
    ['another method', { method: 'POST', headers: { 'Content-Length': '0' } }, 405],
    ['an old version', { headers: { 'Sec-WebSocket-Version': '8' } }, 426],
    ['no version', { headers: { 'Sec-WebSocket-Version': null } }, 426],
    ['no key', { headers: { 'Sec-WebSocket-Key': null } }, 400],
    ['a key that is too short', { headers: { 'Sec-WebSocket-Key': 'AAAA' } }, 400],
    ['another protocol', { headers: { Upgrade: 'h2c' } }, 400],
    ['a subprotocol that is none', { headers: { 'Sec-WebSocket-Protocol': 'a b' } }, 400],
    ['a subprotocol twice', { headers: { 'Sec-WebSocket-Protocol': `${RELAY_SUBPROTOCOL}, ${RELAY_SUBPROTOCOL}` } }, 400],
    ['a foreign origin', { headers: { Origin: 'https://evil.example.com' } }, 403],
  ])('with %s is refused', async (_case, request, status) => {
    server = await startServer();
    const answer = await handshake(request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.includes('Sec-WebSocket-Version: 13')).toBe(status === 426);
    expect(server.relay.connections).toBe(0);
  });

  it('is answered as the RFC shows, selects no ticket and accepts no compression', async () => {
    server = await startServer();
    const answer = await handshake({ headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } });
    // Section 1.3 has this key, and what it is answered with.
    expect(answer).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(answer).toContain(`Sec-WebSocket-Protocol: ${RELAY_SUBPROTOCOL}\r\n`);
    expect(answer).not.toMatch(/extensions/i);
  });

  it('without a good ticket is closed at once, also when the caller says nothing and never hangs up', async () => {
    server = await startServer();
    const answer = await handshake({});
    const [, frame = ''] = answer.split('\r\n\r\n');
    expect(Buffer.from(frame, 'latin1').readUInt16BE(2)).toBe(RELAY_CLOSE.ticketRefused);
  });
});

describe('a ledger that hangs', () => {
  it.each(['spendTicket', 'takeSeat', 'isSessionEnded'] as const)('in %s holds a socket for a while only', async (method) => {
    const clock = createManualServerClock();
    const never: Partial<ServerLedger> = { [method]: () => new Promise<never>(() => {}) };
    const ledger = createMemoryLedger({ clock });
    let isHanging = false;
    const hanging = new Proxy(ledger, { get: (target, name, self) => (isHanging && name in never ? Reflect.get(never, name) : Reflect.get(target, name, self)) as unknown }); // as the ledger itself
    server = await startServer(() => ({ clock, ledger: hanging }));
    const grant = await server.grant();
    isHanging = true;
    const pending = clock.pending;
    const browser = server.open(grant);
    await browser.opened;
    await eventually(() => clock.pending > pending);
    clock.advance(10_000);
    expect(await browser.closed).toMatchObject({ code: 1011 });
    expect(server.vendor.sockets).toHaveLength(0);
    expect(server.logs).toContainEqual(expect.objectContaining({ level: 'error', event: 'relay-fail' }));
  });
});

describe('draining', () => {
  it.each([[5_000, {}], [1_500, { relayDrainTimeoutMs: 1_500 }]])('refuses who comes meanwhile, and ends after %i ms though a node does not take leave and a page does not hang up', async (limitMs, options) => {
    const clock = createManualServerClock();
    server = await startServer(() => ({ clock, ledger: createMemoryLedger({ clock }), ...options }));
    server.vendor.onMessage = () => {};
    const grant = await server.grant();
    const renewed = admissionOf(grant);
    const browser = server.open(grant);
    await browser.until(({ type }) => type === 'system');
    server.vendor.sockets[0]?.socket.pause();
    browser.socket.pause();
    const closing = server.relay.close();
    const late = server.open({ ...grant, avatar: { service: 'akool-streaming', avatarId: 'ava', ...renewed } });
    expect(await late.closed).toMatchObject({ code: RELAY_CLOSE.draining });
    let isOver = false;
    void closing.then(() => (isOver = true));
    clock.advance(limitMs - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    clock.advance(1);
    await closing;
    browser.socket.terminate();
    await eventually(() => server.relay.connections === 0);
    await expect(server.open(grant).opened).rejects.toThrow('503');
  });
});
