import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { systemServerClock } from '../../src/server/serverClock.js';
import { eventually } from '../server/serverHarness.js';
import { frame } from './frames.js';
import { handshake, openRaw, type HandshakeOptions } from './openRaw.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

describe('an upgrade is not made', () => {
  const target = useTarget();

  it.each<[string, HandshakeOptions]>([
    ['by POST', { method: 'POST' }],
    ['by a method that does not exist', { method: 'UPGRADE' }],
    ['over HTTP/1.0', { http: 'HTTP/1.0' }],
    ['to another protocol', { headers: { Upgrade: 'h2c' } }],
    ['without a key', { headers: { 'Sec-WebSocket-Key': null } }],
    ['with a key of another length', { headers: { 'Sec-WebSocket-Key': 'AAAA' } }],
    ['with a key that is no base64', { headers: { 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!==' } }],
    ['in version 8', { headers: { 'Sec-WebSocket-Version': '8' } }],
    ['in version 99', { headers: { 'Sec-WebSocket-Version': '99' } }],
    ['without a version', { headers: { 'Sec-WebSocket-Version': null } }],
    ['without Connection: Upgrade', { headers: { Connection: 'close' } }],
    ['with a subprotocol that no token may hold', { headers: { 'Sec-WebSocket-Protocol': 'visavis.v1, ticket.<script>' } }],
    ['with a subprotocol offered twice', { headers: { 'Sec-WebSocket-Protocol': 'visavis.v1, visavis.v1' } }],
    ['beside the relay\'s path', { path: '/api/avatar/relays' }],
    ['at a path whose letters are encoded', { path: '/api/avatar/%72elay' }],
    ['at the relay named in the query', { path: '/api/avatar/session?/relay' }],
    ['at a session route', { path: '/api/avatar/session' }],
    ['at the relay with something behind it', { path: '/api/avatar/relay/..%2fmetrics' }],
    ['with a header that is folded', { headers: { 'X-Evil': 'a\r\n b' } }],
    ['with a header whose name holds a blank', { headers: { 'X Evil': 'a' } }],
    ['with a header that holds a zero byte', { headers: { 'X-Evil': 'a\0b' } }],
    ['with headers of 64 KB', { headers: { 'X-Evil': 'a'.repeat(65_536) } }],
    ['with two lengths and none of them true', { headers: { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' } }],
  ])('%s', async (_attack, options) => {
    const peer = await openRaw(target());
    peer.send(handshake({ ticket: 'x', ...options }));
    // Cut off by the server, or answered by something else than an upgrade.
    expect([0, 400, 401, 403, 404, 405, 426, 431, 501, 505]).toContain(await peer.status);
    peer.socket.destroy();
  });

  it('with compression, whatever the page offers: a bomb would be one frame', async () => {
    const peer = await openRaw(target());
    peer.send(handshake({ ticket: ticketOf(await target().grant('mallory')), headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits; server_no_context_takeover' } }));
    expect(await peer.status).toBe(101);
    expect(peer.bytes().toString('latin1')).not.toMatch(/sec-websocket-extensions/i);
  });

  it('so that the answer repeats anything of what was asked', async () => {
    const peer = await openRaw(target());
    peer.send(handshake({ ticket: 'REFLECTED', headers: { 'X-Evil': 'REFLECTED', 'Sec-WebSocket-Protocol': 'visavis.v1, ticket.REFLECTED, REFLECTED' } }));
    await peer.closed;
    expect(peer.bytes().toString('latin1')).not.toContain('REFLECTED');
  });
});

describe('a socket without a ticket', () => {
  const target = useTarget();

  it('is gone at once, though it answers nothing and does not hang up', async () => {
    const peer = await openRaw(target(), { holdsOn: true });
    peer.send(handshake());
    expect(await peer.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
  });

  it('gets nothing through to a vendor of what it sends along with its handshake', async () => {
    const peer = await openRaw(target());
    peer.send(Buffer.concat([Buffer.from(handshake({ ticket: 'x' })), ...Array.from({ length: 50 }, () => frame({ payload: '{"v":2,"type":"chat","mid":"a","pld":{"audio":"EVIL"}}' }))]));
    expect(await peer.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(target().vendor.sockets).toHaveLength(0);
  });

  it('leaves no memory behind, however many there are', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void; // The only way to reach it from within.
    const storm = async (): Promise<number> => {
      for (let round = 0; round < 10; round += 1) {
        const peers = await Promise.all(Array.from({ length: 50 }, () => openRaw(target())));
        for (const peer of peers) peer.send(handshake({ ticket: 'A'.repeat(6_000) }));
        await Promise.all(peers.map(({ closed }) => closed));
        target().attackers.clear();
      }
      // What the operator's log keeps is the operator's.
      target().witness.forget();
      target().logs.length = 0;
      await eventually(() => target().relay.connections === 0);
      collect();
      return process.memoryUsage().heapUsed;
    };
    await storm();
    const before = await storm();
    const after = await storm();
    // 500 upgrades of 6 KB each: a leak of their requests alone would be 3 MB, with their sockets 10 MB.
    expect(after - before).toBeLessThan(2_000_000);
  });
});

describe('a ticket that is never checked because the ledger hangs', () => {
  // A minute is over in a second.
  const clock = { ...systemServerClock, schedule: (task: () => void, ms: number) => systemServerClock.schedule(task, ms / 60) };
  let isHanging = false;
  const target = useTarget(({ ledger }) => ({
    clock,
    ledger: ledger && { ...ledger, spendTicket: (...args) => (isHanging ? new Promise(() => undefined) : ledger.spendTicket(...args)) },
  }));

  it('holds no socket for ever', async () => {
    const ticket = ticketOf(await target().grant('mallory'));
    isHanging = true;
    try {
      const peer = await openRaw(target());
      peer.send(handshake({ ticket }));
      expect((await peer.closed).code).not.toBe(1_000);
      expect(target().vendor.sockets).toHaveLength(0);
    } finally {
      isHanging = false;
    }
  });
});

describe('a server that is full', () => {
  const target = useTarget(({ limits }) => ({ limits: { ...limits, maxConnections: 5 } }));

  it('takes not one connection more, when forty pages come at once with good tickets', async () => {
    const tickets = await Promise.all(Array.from({ length: 40 }, async (_, index) => ticketOf(await target().grant(`mallory-${index}`))));
    const peers = await Promise.all(tickets.map(() => openRaw(target())));
    tickets.forEach((ticket, index) => peers[index]?.send(handshake({ ticket })));
    const refused: number[] = [];
    for (const { closed } of peers) void closed.then(({ code }) => refused.push(code));
    await eventually(() => refused.length === 35 && target().vendor.sockets.length === 5);
    expect(new Set(refused)).toEqual(new Set([RELAY_CLOSE.rateLimited]));
    expect(target().relay.connections).toBe(5);
  });
});
