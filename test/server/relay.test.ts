import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '../../src/grant/grant.js';
import { RELAY_CLOSE, relaySubprotocols } from '../../src/grant/relayProtocol.js';
import { createMemoryLedger, type AvatarServerOptions } from '../../src/server.js';
import { createPassSealer } from '../../src/server/tickets/createPassSealer.js';
import { systemServerClock } from '../../src/server/serverClock.js';
import { instance } from './fakeVendor.js';
import { ORIGIN, admissionOf, eventually, startServer, type ServerHarness } from './serverHarness.js';

const SET_PARAMS = { v: 2, type: 'command', mid: 'p1', pld: { cmd: 'set-params', data: { vid: '', lang: 'en', mode: 3, bgurl: '' } } };
const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';
const audio = (bytes: number, mid = 'a') => ({ v: 2, type: 'chat', mid, pld: { audio: 'A'.repeat(bytes) } });

let server: ServerHarness;
const start = async (adjust?: Parameters<typeof startServer>[0]): Promise<void> => void (server = await startServer(adjust));
const withTicket = (grant: Grant, ticket: string): Grant => ({ ...grant, avatar: { service: 'akool-streaming', avatarId: 'ava', ...admissionOf(grant), ticket } });

afterEach(async () => {
  await server.close();
  expect(server.relay.connections).toBe(0);
});

describe('a relay connection', () => {
  beforeEach(() => start());

  it('joins the browser to the node with the key, the session and the avatar', async () => {
    const grant = await server.grant({ avatarId: 'ava-2', sessionId: 'mine' });
    const browser = server.open(grant);
    await browser.until(isSystem);
    expect(browser.socket.protocol).toBe('visavis.v1');
    const [node] = server.vendor.sockets;
    expect(node?.request.headers['api_key']).toBe(server.vendor.apiKey);
    expect(node?.request.headers['sec-websocket-protocol']).toBeUndefined();
    expect(node?.request.headers.origin).toBeUndefined();
    expect(node?.request.url).toBe('/streamingAvatar/ws/v1?session_id=mine&avatar_id=ava-2');
  });

  it('forwards every kind of message, both ways and in order', async () => {
    const browser = server.open(await server.grant());
    await browser.opened;
    const sent = [SET_PARAMS, audio(4_000, 'a1'), audio(4_000, 'a2'), { v: 2, type: 'command', mid: 'i1', pld: { cmd: 'interrupt' } }, { v: 2, type: 'ping', mid: 'g1', pld: {} }, { type: 'ping' }];
    for (const message of sent) browser.send(message);
    await browser.until((message) => message['type'] === 'pong' && message['mid'] === undefined);
    const received = server.vendor.sockets[0]?.received.map((text) => JSON.parse(text) as unknown) ?? [];
    expect(received.slice(1)).toEqual(sent.slice(1));
    expect(browser.received.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual(['system', 'ack', 'system', 'ack', 'pong', 'pong']); // Test input.
  });

  it('carries a large message whole', async () => {
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    browser.send(audio(200_000));
    const large = JSON.stringify({ v: 2, type: 'note', text: 'ü'.repeat(200_000) });
    server.vendor.sockets[0]?.socket.send(large);
    await eventually(() => server.vendor.sockets[0]?.received.length === 1 && browser.received.length === 2);
    expect(JSON.parse(server.vendor.sockets[0]?.received[0] ?? '')).toEqual(audio(200_000));
    expect(browser.received[1]).toBe(large);
  });

  it('keeps what the browser says before the node has answered', async () => {
    server.vendor.holdUpgrades = true;
    const browser = server.open(await server.grant());
    await browser.opened;
    for (let index = 0; index < 5; index += 1) browser.send(audio(10, `a${index}`));
    await eventually(() => server.vendor.heldUpgrades === 1);
    server.vendor.releaseUpgrades();
    await eventually(() => server.vendor.sockets[0]?.received.length === 5);
    expect(server.vendor.sockets[0]?.received.map((text) => (JSON.parse(text) as { mid: string }).mid)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']); // Test input.
  });

  it('gives the node the channel of the ticket, wherever the browser puts another', async () => {
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.opened;
    const evil = { agora_data: { appid: 'evil', channel_id: 'evil', token: 'evil', uid: 'evil' } };
    browser.send({ ...SET_PARAMS, metadata: evil, agora_data: evil, pld: { ...SET_PARAMS.pld, metadata: { ...evil, more: 'evil' } } });
    browser.send({ v: 2, type: 'command', mid: 'i', metadata: evil, pld: { cmd: 'interrupt', metadata: evil } });
    // A key given twice: one parser takes the first, another the last.
    browser.send(`{"v":2,"type":"command","mid":"d","pld":{"cmd":"set-params","metadata":${JSON.stringify(evil)}},"pld":{"cmd":"interrupt"}}`);
    browser.send({ v: 2, type: 'ping', mid: 'last', pld: { metadata: evil } });
    await browser.until((message) => message['type'] === 'pong');
    const received = server.vendor.sockets[0]?.received ?? [];
    expect(received).toHaveLength(4);
    expect(received.join()).not.toContain('evil');
    const { channel } = grant;
    expect(JSON.parse(received[0] ?? '')).toMatchObject({ pld: { metadata: { agora_data: { appid: 'loopback', channel_id: channel?.channel, uid: String(channel?.avatarUid) } } } });
  });

  it.each<[string, unknown]>([
    ['no JSON', 'hello'],
    ['an array', []],
    ['an unknown type', { v: 2, type: 'auth', mid: 'x', pld: { token: 't' } }],
    ['an old form', { type: 'agora_params', data: { channel: 'c' } }],
    ['an unknown command', { v: 2, type: 'command', mid: 'x', pld: { cmd: 'set_params' } }],
    ['a command in an array', { v: 2, type: 'command', mid: 'x', pld: { cmd: ['set-params'] } }],
    ['set-params without data', { v: 2, type: 'command', mid: 'x', pld: { cmd: 'set-params' } }],
  ])('answers %s with an error and goes on', async (_case, message) => {
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    browser.send(message);
    expect(await browser.until((reply) => reply['type'] === 'error')).toMatchObject({ v: 2, pld: { error_code: RELAY_CLOSE.badRequest } });
    browser.send({ v: 2, type: 'ping', mid: 'g', pld: {} });
    await browser.until((reply) => reply['type'] === 'pong');
    expect(server.vendor.sockets[0]?.received).toHaveLength(1);
  });

  it('survives messages that are nested without end, from either side', async () => {
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    browser.send(`{"v":2,"type":"command","mid":"d","pld":{"cmd":"set-params","data":{"a":${deep}}}}`);
    expect(await browser.until((message) => message['type'] === 'error')).toMatchObject({ pld: { error_code: RELAY_CLOSE.badRequest } });
    server.vendor.sockets[0]?.socket.send(`{"a":${deep},"b":"\\u0041"}`);
    browser.send({ v: 2, type: 'ping', mid: 'g', pld: {} });
    await eventually(() => browser.received.some((text) => text.includes('pong')));
    expect(server.vendor.sockets[0]?.received).toHaveLength(1);
    expect(Math.max(...browser.received.map((text) => text.length))).toBeLessThan(1_000);
  });

  it('stops talking to a page that sends nothing but nonsense', async () => {
    const browser = server.open(await server.grant());
    await browser.opened;
    for (let times = 0; times < 20; times += 1) browser.socket.send(Buffer.from([times]));
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.badRequest });
  });
});

describe('a ticket', () => {
  it('opens one connection, once', async () => {
    await start();
    const grant = await server.grant();
    const first = server.open(grant);
    await first.until(isSystem);
    expect(await server.open(grant).closed).toEqual({ code: RELAY_CLOSE.ticketRefused, reason: 'The ticket was used before. Ask for a new one.' });
    expect(first.socket.readyState).toBe(first.socket.OPEN);
  });

  it('opens one connection when it is shown many times at once', async () => {
    await start();
    const grant = await server.grant();
    const browsers = Array.from({ length: 8 }, () => server.open(grant));
    await eventually(() => browsers.filter(({ socket }) => socket.readyState === socket.CLOSED).length === 7);
    await eventually(() => server.vendor.sockets.length === 1);
  });

  it('is refused when forged, cut, empty, a renewal pass, or sealed with another secret', async () => {
    await start();
    const grant = await server.grant();
    const { ticket } = admissionOf(grant);
    const at = ticket.length - 40;
    const foreign = createPassSealer([new TextEncoder().encode('another-secret-of-at-least-32-bytes!!')], 'relay', systemServerClock);
    const forgeries = [
      ticket.slice(0, at) + (ticket[at] === 'A' ? 'B' : 'A') + ticket.slice(at + 1),
      ticket.slice(0, -20),
      'a.b.c.d.e',
      'x',
      grant.renewal ?? '',
      'eyJhbGciOiJub25lIn0.e30.',
      await foreign.seal({ target: 'akool-streaming', session: 's', sessionId: 's', subject: 'ada', origin: ORIGIN, node: { host: '127.0.0.1', port: server.vendor.port }, avatarId: 'a', expiresAt: Date.now() + 60_000, ticketId: 't', startedAt: Date.now(), sessionEndsAt: Date.now() + 60_000, agoraData: { appid: '', channel_id: '', token: '', uid: '' } }),
    ];
    for (const forged of forgeries) expect(await server.open(withTicket(grant, forged)).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(await server.open(grant, { subprotocols: ['visavis.v1'] }).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(server.vendor.sockets).toHaveLength(0);
    await server.open(grant).until(isSystem);
  });

  it('cannot be read by who holds it', async () => {
    await start();
    const grant = await server.grant();
    const readable = `${admissionOf(grant).ticket}.${grant.renewal}`.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')).join('\n');
    expect(readable).not.toMatch(/127\.0\.0\.1|loopback-|ada|agora/);
  });

  it('is refused when it has expired', async () => {
    let offsetMs = 0;
    const clock = { ...systemServerClock, epochMs: () => Date.now() + offsetMs };
    await start(() => ({ clock, ledger: createMemoryLedger({ clock }) }));
    const grant = await server.grant();
    offsetMs = 60_001;
    expect(await server.open(grant).closed).toMatchObject({ code: RELAY_CLOSE.ticketExpired });
  });

  it('works only for the page that asked for it, and is not spent by another', async () => {
    await start(() => ({ allowedOrigins: [ORIGIN, 'https://b.example.com'] }));
    const grant = await server.grant();
    expect(await server.open(grant, { origin: 'https://b.example.com' }).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(await server.open(grant, { origin: null }).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    await expect(server.open(grant, { origin: 'https://evil.example.com' }).opened).rejects.toThrow('403');
    await server.open(grant).until(isSystem);
  });

  it('is refused once its session has ended', async () => {
    await start();
    const grant = await server.grant();
    await server.post('/session/end', { renewal: grant.renewal });
    expect(await server.open(grant).closed).toEqual({ code: RELAY_CLOSE.ticketRefused, reason: 'The session has ended.' });
  });

  it('is refused, not let through, when the ledger fails', async () => {
    await start(() => ({ ledger: { ...createMemoryLedger(), spendTicket: () => Promise.reject(new Error('redis://:password@host')) } }));
    const browser = server.open(await server.grant());
    expect(await browser.closed).toMatchObject({ code: 1011 });
    expect(server.vendor.sockets).toHaveLength(0);
    expect(JSON.stringify(server.logs)).not.toContain('password');
  });

  it('needs the subprotocol beside it', async () => {
    await start();
    const grant = await server.grant();
    const [, ticketOnly = ''] = relaySubprotocols(admissionOf(grant).ticket);
    // A browser closes by itself when the server selects none of what it offered.
    await expect(server.open(grant, { subprotocols: [ticketOnly] }).opened).rejects.toThrow('no subprotocol');
  });
});

describe('secrets', () => {
  it('stay here even when the node echoes them', async () => {
    await start();
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.until(isSystem);
    browser.send(SET_PARAMS);
    await browser.until((message) => message['type'] === 'ack');
    const sent = JSON.parse(server.vendor.sockets[0]?.received[0] ?? '') as { pld: { metadata: { agora_data: { token: string } } } }; // Test input.
    const { token } = sent.pld.metadata.agora_data;
    const key = server.vendor.apiKey;
    const escaped = [...key].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const node = server.vendor.sockets[0]?.socket;
    node?.send(JSON.stringify({ type: 'error', pld: { error_message: `bad key ${key}, token ${token}`, [key]: 1 } }));
    node?.send(`{"type":"error","pld":{"error_message":"${escaped}"}}`);
    node?.send(`not json ${key}`);
    node?.send(Buffer.from(key));
    node?.close(4001, `key ${key}`);
    const { code, reason } = await browser.closed;
    expect(code).toBe(4001);
    const everything = [...browser.received.map((text) => (text.startsWith('{') ? JSON.stringify(JSON.parse(text)) : text)), reason, JSON.stringify(server.logs), JSON.stringify(grant)].join('\n');
    expect(everything).toContain('[redacted]');
    expect(everything).not.toContain(key);
    expect(everything).not.toContain(token);
    expect(browser.received.filter((text) => text.includes('[redacted]'))).toHaveLength(3);
  });
});

describe('the end of a connection', () => {
  it.each([4001, 4003, 4004, 4999, 1000])('passes the vendor\'s code %i on', async (code) => {
    await start();
    server.vendor.onSocket = ({ socket }) => socket.close(code, 'vendor words');
    const { code: seen, reason } = await server.open(await server.grant()).closed;
    expect(seen).toBe(code);
    expect(reason).not.toContain('vendor words');
    expect(reason).not.toBe('');
  });

  it('reports a node that drops the socket as unreachable and avoids it for a while', async () => {
    const ledger = createMemoryLedger();
    await start(() => ({ ledger }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    server.vendor.sockets[0]?.socket.terminate();
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    expect((await ledger.readNodes([`127.0.0.1:${server.vendor.port}`]))[0]?.failures).not.toBe(0);
  });

  it('forgives a node that works again', async () => {
    const ledger = createMemoryLedger();
    await start(() => ({ ledger }));
    const node = `127.0.0.1:${server.vendor.port}`;
    await ledger.reportNode(node, { kind: 'failure' });
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    browser.send(SET_PARAMS);
    await browser.until((message) => JSON.stringify(message).includes('agora_connected'));
    expect((await ledger.readNodes([node]))[0]?.failures).toBe(0);
  });

  it('says that a node cannot be reached, or does not answer, without its address', async () => {
    await start(({ akool }) => ({ akool: { ...akool, connectTimeoutMs: 50, refusedPorts: [] } }));
    server.vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(9)] } } });
    const unreachable = await server.open(await server.grant()).closed;
    expect(unreachable).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    server.vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(server.vendor.port)] } } });
    server.vendor.holdUpgrades = true;
    const late = await server.open(await server.grant()).closed;
    expect(late).toMatchObject({ code: RELAY_CLOSE.upstreamTimeout });
    expect(unreachable.reason + late.reason).not.toMatch(/127|ECONN/);
  });

  it.each([
    [401, 4001],
    [500, RELAY_CLOSE.upstreamUnreachable],
  ])('turns the node\'s HTTP %i into %i', async (status, code) => {
    await start();
    server.vendor.upgradeStatus = status;
    expect(await server.open(await server.grant()).closed).toMatchObject({ code });
  });

  it('takes leave of the node when the browser vanishes, and waits for its ack', async () => {
    await start();
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const node = server.vendor.sockets[0];
    const nodeClosed = new Promise<number>((resolve) => node?.socket.once('close', resolve));
    browser.socket.terminate();
    expect(await nodeClosed).toBe(1000);
    expect(node?.received.map((text) => JSON.parse(text) as unknown)).toMatchObject([{ v: 2, type: 'event', pld: { event: 'leave_channel', reason: 'client_disconnect' } }]);
  });

  it('does not take leave twice when the browser has done so, nor wait for ever for an ack', async () => {
    await start();
    server.vendor.onMessage = () => {};
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const node = server.vendor.sockets[0];
    browser.send({ v: 2, type: 'event', mid: 'bye', pld: { event: 'leave_channel', reason: 'user_left' } });
    await eventually(() => node?.received.length === 1);
    browser.socket.close();
    await eventually(() => node?.socket.readyState === 3 && server.relay.connections === 0);
    expect(node?.received).toHaveLength(1);
  });

  it('takes leave itself when the browser only pretends to', async () => {
    await start();
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    browser.send({ v: 2, type: 'event', mid: '', pld: { event: 'leave_channel' } });
    expect(await browser.until((message) => message['type'] === 'error')).toMatchObject({ pld: { error_code: RELAY_CLOSE.badRequest } });
    browser.socket.terminate();
    await eventually(() => server.relay.connections === 0);
    expect(server.vendor.sockets[0]?.received.map((text) => JSON.parse(text) as unknown)).toMatchObject([{ pld: { event: 'leave_channel', reason: 'client_disconnect' } }]);
  });

  it('gives up the node when the browser vanishes while it is still connecting', async () => {
    await start();
    server.vendor.holdUpgrades = true;
    const browser = server.open(await server.grant());
    await eventually(() => server.vendor.heldUpgrades === 1);
    browser.socket.terminate();
    await eventually(() => server.relay.connections === 0 && server.vendor.heldUpgrades === 0);
  });

  it('comes when the time of the grant is over', async () => {
    let offsetMs = 0;
    const clock = { ...systemServerClock, epochMs: () => Date.now() + offsetMs };
    await start(() => ({ clock, ledger: createMemoryLedger({ clock }), ticketTtlMs: 600_000, sessionTtlMs: 60_000 }));
    const grant = await server.grant();
    offsetMs = 59_950;
    expect(await server.open(grant).closed).toMatchObject({ code: RELAY_CLOSE.ticketExpired });
  });

  it('comes for an older connection when the same session connects anew', async () => {
    await start();
    const grant = await server.grant();
    const first = server.open(grant);
    await first.until(isSystem);
    const renewed = (await (await server.post('/session/renew', { renewal: grant.renewal })).json()) as Grant; // Test input.
    const second = server.open(renewed);
    await second.until(isSystem);
    expect(await first.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(server.vendor.sockets[0]?.received.join()).toContain('leave_channel');
    expect(server.relay.connections).toBe(1);
  });

  it('comes for all when the relay drains, with leave taken of every node', async () => {
    await start();
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.until(isSystem);
    const [closing, again] = [server.relay.close(), server.relay.close()];
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.draining });
    await Promise.all([closing, again]);
    expect(server.vendor.sockets[0]?.received.join()).toContain('leave_channel');
    expect(server.relay.connections).toBe(0);
    await expect(server.open(grant).opened).rejects.toThrow('503');
  });
});

describe('limits', () => {
  const small: AvatarServerOptions['limits'] = { maxMessageBytesUp: 2_000, maxMessageBytesDown: 5_000, maxMessagesPerSecond: 10, maxConnections: 1 };
  const BURST = 50;

  it('closes on a message that is too large, from either side', async () => {
    await start(() => ({ limits: small }));
    const first = server.open(await server.grant());
    await first.until(isSystem);
    first.send(audio(2_500));
    expect(await first.closed).toMatchObject({ code: RELAY_CLOSE.messageTooLarge });
    await eventually(() => server.relay.connections === 0);
    const second = server.open(await server.grant());
    await second.until(isSystem);
    server.vendor.sockets[1]?.socket.send('x'.repeat(6_000));
    expect(await second.closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    expect(server.vendor.sockets[0]?.received.join()).not.toContain('AAAA');
  });

  it('closes on far too large a message before it is read whole', async () => {
    await start(() => ({ limits: small }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    browser.send(audio(100_000));
    expect(await browser.closed).toMatchObject({ code: 1009 });
  });

  it('closes on messages, or pings, that come too fast', async () => {
    await start(() => ({ limits: small }));
    const first = server.open(await server.grant());
    await first.until(isSystem);
    for (let index = 0; index < 2 * BURST; index += 1) first.send(audio(1, `a${index}`));
    expect(await first.closed).toMatchObject({ code: RELAY_CLOSE.rateLimited });
    expect(server.vendor.sockets[0]?.received.filter((text) => text.includes('chat'))).toHaveLength(BURST);
    await eventually(() => server.relay.connections === 0);
    const second = server.open(await server.grant());
    await second.until(isSystem);
    for (let index = 0; index < 2 * BURST; index += 1) second.socket.ping();
    expect(await second.closed).toMatchObject({ code: RELAY_CLOSE.rateLimited });
  });

  it('answers the pings of a browser', async () => {
    await start();
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const pong = new Promise<Buffer>((resolve) => browser.socket.once('pong', resolve));
    browser.socket.ping('hello');
    expect((await pong).toString()).toBe('hello');
  });

  it('closes when there are too many connections', async () => {
    await start(() => ({ limits: small }));
    const grant = await server.grant();
    await server.open(grant).until(isSystem);
    const second = await startSecondGrant(server);
    expect(await server.open(second).closed).toMatchObject({ code: RELAY_CLOSE.rateLimited });
  });

  it('drops audio, and nothing else, while the node is slow, and tells how much', async () => {
    await start(() => ({ limits: { maxBufferedBytes: 100_000, maxMessagesPerSecond: 100_000 } }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const node = server.vendor.sockets[0];
    node?.socket.pause();
    const count = 400;
    for (let index = 0; index < count; index += 1) {
      browser.send(audio(100_000, `a${index}`));
      if (index % 40 === 0) browser.send({ v: 2, type: 'command', mid: `i${index}`, pld: { cmd: 'interrupt' } });
    }
    // The relay goes on to read: what it cannot forward it drops.
    await eventually(() => browser.socket.bufferedAmount === 0);
    node?.socket.resume();
    browser.send({ v: 2, type: 'ping', mid: 'last', pld: {} });
    await browser.until(({ mid }) => mid === 'last');
    const mids = node?.received.map((text) => (JSON.parse(text) as { mid: string }).mid) ?? []; // Test input.
    const commands = mids.filter((mid) => mid.startsWith('i'));
    expect(commands).toEqual(Array.from({ length: 10 }, (_, index) => `i${index * 40}`));
    const heard = mids.filter((mid) => mid.startsWith('a')).map((mid) => Number(mid.slice(1)));
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.length).toBeLessThan(count);
    browser.socket.close();
    await eventually(() => server.logs.some(({ event }) => event === 'relay-close'));
    const { context } = server.logs.find(({ event }) => event === 'relay-close') ?? {};
    expect(context).toMatchObject({ audioDropped: count - heard.length, messagesUp: heard.length + commands.length + 1 });
  });

  it('stops reading from the browser before it would lose anything but audio', async () => {
    await start(() => ({ limits: { maxBufferedBytes: 100_000, maxMessagesPerSecond: 100_000 } }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const node = server.vendor.sockets[0];
    node?.socket.pause();
    const count = 400;
    for (let index = 0; index < count; index += 1) browser.send({ v: 2, type: 'ping', mid: `g${index}`, pld: { filler: 'x'.repeat(100_000) } });
    // What the relay does not read stays with the browser: 40 MB are more than all sockets' buffers in between.
    const heldBack = await settledBuffer(() => browser.socket.bufferedAmount);
    expect(heldBack).toBeGreaterThan(5_000_000);
    node?.socket.resume();
    await eventually(() => node?.received.length === count);
    expect(node?.received.map((text) => (JSON.parse(text) as { mid: string }).mid)).toEqual(Array.from({ length: count }, (_, index) => `g${index}`)); // Test input.
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
  });

  it('stops reading from the node while the browser is slow, and loses nothing', async () => {
    await start(() => ({ limits: { maxBufferedBytes: 100_000 } }));
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    const node = server.vendor.sockets[0]?.socket;
    browser.socket.pause();
    const count = 400;
    for (let index = 0; index < count; index += 1) node?.send(JSON.stringify({ type: 'note', index, text: 'x'.repeat(100_000) }));
    const heldBack = await settledBuffer(() => node?.bufferedAmount ?? 0);
    expect(heldBack).toBeGreaterThan(5_000_000);
    browser.socket.resume();
    await eventually(() => browser.received.length === count + 1);
    expect(browser.received.slice(1).map((text) => (JSON.parse(text) as { index: number }).index)).toEqual(Array.from({ length: count }, (_, index) => index)); // Test input.
  });
});

describe('upgrades', () => {
  it('that are for another path are left alone', async () => {
    await start();
    const request = (url: string) => ({ url, headers: {} }) as Parameters<typeof server.relay.handleUpgrade>[0]; // All that is looked at.
    const socket = connect(1).on('error', () => {});
    for (const url of ['/', '/api/avatar/relays', '/api/avatar/relay/x', '/x?/relay']) expect(server.relay.handleUpgrade(request(url), socket, Buffer.alloc(0))).toBe(false);
    socket.destroy();
  });

  it('that are damaged are answered and hung up', async () => {
    await start();
    const { port } = new URL(server.baseUrl);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(`GET /relay HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${ORIGIN}\r\n\r\n`));
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
  });
});

/** A grant on the same node, which a promise to the first session would hold back for a moment. */
async function startSecondGrant({ vendor, grant }: ServerHarness): Promise<Grant> {
  vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(vendor.port, { ip: 'localhost' })] } } });
  return grant();
}

/** The amount at which a buffer stays for a while: the pipe in front of it is full. */
async function settledBuffer(read: () => number): Promise<number> {
  let last = -1;
  for (let equal = 0; equal < 2_000; ) {
    await new Promise((resolve) => setImmediate(resolve));
    equal = read() === last ? equal + 1 : 0;
    last = read();
  }
  return last;
}
