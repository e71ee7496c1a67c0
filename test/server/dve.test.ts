import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Grant } from '../../src/grant/grant.js';
import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN, relaySubprotocols } from '../../src/grant/relayProtocol.js';
import { createAvatarHandler, type DveServerOptions } from '../../src/server.js';
import { ORIGIN, admissionOf, eventually, startServer, type ServerHarness } from './serverHarness.js';

const KEY = 'eyJhbGciOiJIUzI1NiJ9.dve-key_7f3a91.c2ln';

/** A voice service that notes what it gets. */
async function startFakeDve() {
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: () => (fake.selected === null ? false : fake.selected) });
  const http = createServer();
  http.on('upgrade', (request, stream: Duplex, head: Buffer) => {
    fake.requests.push(request);
    if (fake.status === 'hang') return void stream.on('error', () => undefined).on('end', () => stream.destroy()).resume();
    if (fake.status !== null) return void stream.end(`HTTP/1.1 ${fake.status} No\r\nContent-Length: 0\r\n\r\n`);
    wss.handleUpgrade(request, stream, head, (socket) => {
      fake.sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('message', (data, isBinary) => fake.received.push({ bytes: data as Buffer, isBinary })); // ws gives one Buffer by default
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // it listens on TCP
  const fake = {
    url: `ws://127.0.0.1:${port}/ws?region=eu`,
    /** Subprotocol that it selects; null for none. */
    selected: 'proto' as string | null,
    /** Answers upgrades with this HTTP status instead. */
    status: null as number | 'hang' | null,
    requests: [] as IncomingMessage[],
    sockets: [] as WebSocket[],
    received: [] as { bytes: Buffer; isBinary: boolean }[],
    async close() {
      for (const socket of wss.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return fake;
}

let server: ServerHarness;
let fake: Awaited<ReturnType<typeof startFakeDve>>;
afterEach(async () => {
  await server.close();
  await fake.close();
  expect(server.relay.connections).toBe(0);
  // Whatever happened, the key was not told to anybody.
  expect(JSON.stringify(server.logs)).not.toContain('dve-key');
});

async function start(dve: Partial<DveServerOptions> = {}, options: Parameters<typeof startServer>[0] = () => ({})): Promise<void> {
  fake = await startFakeDve();
  server = await startServer((defaults, vendor) => ({ dve: { apiKey: KEY, url: fake.url, assistantId: 'asst-1', ...dve }, ...options(defaults, vendor) }));
}

const VOICE_ONLY = { avatar: false, voice: { service: 'dve' } };

function open(grant: Grant) {
  const socket = new WebSocket(`${grant.voice?.url}`, relaySubprotocols(grant.voice?.ticket ?? ''), { origin: ORIGIN, perMessageDeflate: false });
  const texts: string[] = [];
  const frames: Buffer[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data, isBinary) => (isBinary ? frames.push(data as Buffer) : texts.push(String(data)))); // ws gives one Buffer by default
  const closed = new Promise<{ code: number; reason: string }>((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  return { socket, texts, frames, closed, ready: () => eventually(() => texts.length > 0) };
}

async function refusal(body: unknown): Promise<{ status: number; reason: string }> {
  const response = await server.post('/session', body);
  const { error } = (await response.json()) as { error: { reason: string } }; // the shape is checked by its own test
  return { status: response.status, reason: error.reason };
}

describe('the grant of a voice', () => {
  it('stands alone when no avatar is wanted, and asks no avatar vendor', async () => {
    await start();
    for (const body of [VOICE_ONLY, { service: null, voice: { service: 'dve' } }]) {
      const response = await server.post('/session', body);
      expect(response.status).toBe(201);
      const text = await response.text();
      const grant = JSON.parse(text) as Grant; // matched below
      expect(Object.keys(grant).sort()).toEqual(['endsAt', 'expiresAt', 'renewal', 'sessionId', 'version', 'voice']);
      expect(grant.voice).toMatchObject({ service: 'dve', url: `${server.baseUrl.replace('http', 'ws')}/relay`, ticket: expect.stringMatching(/^[\w.-]+$/) });
      expect(text).not.toContain('dve-key');
      expect(text).not.toContain('asst-1');
    }
    expect(server.vendor.discoveryRequests).toEqual([]);
  });

  it('stands beside an avatar, with a ticket of its own, and is renewed and ended with it', async () => {
    await start();
    const grant = await server.grant({ avatarId: 'ava', voice: { service: 'dve' } });
    expect(grant).toMatchObject({ avatar: { avatarId: 'ava' }, voice: { service: 'dve' }, channel: { kind: 'loopback' } });
    expect(grant.voice?.ticket).not.toBe(admissionOf(grant).ticket);
    const renewed = (await (await server.post('/session/renew', { renewal: grant.renewal })).json()) as Grant; // matched below
    expect(renewed).toMatchObject({ sessionId: grant.sessionId, avatar: { avatarId: 'ava' }, voice: { service: 'dve' }, channel: { channel: grant.channel?.channel } });
    expect((await server.post('/session/end', { renewal: grant.renewal })).status).toBe(204);
    expect(await open(renewed).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
  });

  it('is renewed and ended without an avatar', async () => {
    await start();
    const grant = await server.grant(VOICE_ONLY);
    const renewed = (await (await server.post('/session/renew', { renewal: grant.renewal })).json()) as Grant; // matched below
    expect(renewed.avatar).toBeUndefined();
    const browser = open(renewed);
    await browser.ready();
    expect((await server.post('/session/end', { renewal: renewed.renewal })).status).toBe(204);
    browser.socket.close();
  });

  it('is refused when nothing is wanted, when the assistant is not permitted, and when none is named', async () => {
    await start({ assistantId: undefined, allowedAssistants: ['asst-1', 'asst-2'] });
    expect(await refusal({ avatar: false })).toEqual({ status: 400, reason: 'invalid-options' });
    expect(await refusal(VOICE_ONLY)).toEqual({ status: 400, reason: 'invalid-options' });
    expect(await refusal({ avatar: false, voice: { service: 'dve', assistantId: 'asst-3' } })).toEqual({ status: 401, reason: 'not-authorized' });
    expect(await refusal({ avatar: false, voice: { service: 'dve', assistantId: 'a&b=c' } })).toEqual({ status: 400, reason: 'invalid-options' });
    expect(await refusal({ avatar: false, voice: { service: 'other' } })).toEqual({ status: 400, reason: 'invalid-options' });
    expect((await server.grant({ avatar: false, voice: { service: 'dve', assistantId: 'asst-2' } })).voice).toBeDefined();
  });

  it('needs no avatar options, and no server without a key grants it', async () => {
    await start({}, () => ({ akool: undefined, channel: undefined }));
    expect((await server.grant(VOICE_ONLY)).voice).toBeDefined();
    expect(await refusal({})).toEqual({ status: 500, reason: 'server-misconfigured' });
    await server.close();
    server = await startServer();
    expect(await refusal(VOICE_ONLY)).toEqual({ status: 500, reason: 'server-misconfigured' });
  });

  it.each(['a key', 'a,b', 'a=', 'a/b', '', undefined])('does not start with the key %j, which no WebSocket could offer', async (apiKey) => {
    await start();
    const options = { ...server.options, dve: { apiKey } as DveServerOptions }; // wrong on purpose
    expect(() => createAvatarHandler(options)).toThrow(expect.objectContaining({ reason: 'server-misconfigured', message: expect.stringMatching(/dve.apiKey/) }));
  });
});

describe('the relay of a voice', () => {
  it('offers proto and the key to the assistant of the ticket, and tells the browser when it is open', async () => {
    await start();
    const browser = open(await server.grant({ avatar: false, voice: { service: 'dve', assistantId: 'asst-9', vision: true } }));
    await browser.ready();
    expect(browser.texts).toEqual([RELAY_UPSTREAM_OPEN]);
    expect(browser.socket.protocol).toBe('visavis.v1');
    const [request] = fake.requests;
    expect(request?.headers['sec-websocket-protocol']).toBe(`proto,${KEY}`);
    expect(request?.headers.origin).toBeUndefined();
    expect(request?.url).toBe('/ws?region=eu&vision=1&assistant_id=asst-9');
    browser.socket.close();
  });

  it('leaves bytes untouched, both ways, in order, also those that came before the vendor was open', async () => {
    await start();
    const browser = open(await server.grant(VOICE_ONLY));
    const up = Array.from({ length: 50 }, (_, index) => Buffer.from(Uint8Array.from({ length: 1_036 }, (__, at) => (index * 31 + at * 7) & 255)));
    browser.socket.once('open', () => up.forEach((frame) => browser.socket.send(frame)));
    await eventually(() => fake.received.length === up.length);
    expect(fake.received.every(({ isBinary }) => isBinary)).toBe(true);
    expect(Buffer.concat(fake.received.map(({ bytes }) => bytes)).equals(Buffer.concat(up))).toBe(true);
    const down = [Buffer.alloc(300_000, 7), Buffer.alloc(0), Buffer.of(0, 255)];
    for (const frame of down) fake.sockets[0]?.send(frame);
    await eventually(() => browser.frames.length === down.length);
    expect(browser.frames.map((frame) => frame.length)).toEqual([300_000, 0, 2]);
    expect(Buffer.concat(browser.frames).equals(Buffer.concat(down))).toBe(true);
    browser.socket.close();
  });

  it('opens the avatar and the voice of one session side by side', async () => {
    await start();
    const grant = await server.grant({ voice: { service: 'dve' } });
    const voice = open(grant);
    const avatar = server.open(grant);
    await voice.ready();
    await avatar.until((message) => message['type'] === 'system');
    expect(server.relay.connections).toBe(2);
    const again = (await (await server.post('/session/renew', { renewal: grant.renewal })).json()) as Grant; // the shape is checked above
    const newer = open(again);
    expect(await voice.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    await newer.ready();
    expect(avatar.socket.readyState).toBe(WebSocket.OPEN);
    newer.socket.close();
    avatar.socket.close();
  });

  it('takes a vendor that selects no subprotocol, and leaves one that selects the key', async () => {
    await start();
    fake.selected = null;
    const browser = open(await server.grant(VOICE_ONLY));
    await browser.ready();
    browser.socket.close();
    fake.selected = KEY;
    expect((await open(await server.grant(VOICE_ONLY)).closed).code).toBe(RELAY_CLOSE.upstreamUnreachable);
  });

  it.each([
    [4008, 4008],
    [4999, 4999],
    [1000, 1000],
    [1011, RELAY_CLOSE.upstreamUnreachable],
    [3000, RELAY_CLOSE.upstreamUnreachable],
  ])('passes a close with %i on as %i, without the vendor\'s words', async (code, expected) => {
    await start();
    const browser = open(await server.grant(VOICE_ONLY));
    await browser.ready();
    fake.sockets[0]?.close(code, 'the key is dve-key');
    const closed = await browser.closed;
    expect(closed.code).toBe(expected);
    expect(closed.reason).not.toContain('dve-key');
  });

  it.each([
    [401, RELAY_CLOSE.keyRejected],
    [403, RELAY_CLOSE.keyRejected],
    [500, RELAY_CLOSE.upstreamUnreachable],
  ])('tells an upgrade refused with %i as %i', async (status, expected) => {
    await start();
    fake.status = status;
    expect((await open(await server.grant(VOICE_ONLY)).closed).code).toBe(expected);
  });

  it('gives up on a vendor that does not answer', async () => {
    await start({ connectTimeoutMs: 50 });
    fake.status = 'hang';
    expect((await open(await server.grant(VOICE_ONLY)).closed).code).toBe(RELAY_CLOSE.upstreamTimeout);
  });

  it('closes on text, on a message that is too large either way, and on too many', async () => {
    await start({}, () => ({ limits: { maxMessageBytesUp: 1_000, maxMessageBytesDown: 2_000, maxMessagesPerSecond: 10 } }));
    const session = async (send: (browser: ReturnType<typeof open>) => void) => {
      const browser = open(await server.grant(VOICE_ONLY));
      await browser.ready();
      send(browser);
      return (await browser.closed).code;
    };
    expect(await session(({ socket }) => socket.send('text'))).toBe(RELAY_CLOSE.badRequest);
    expect(await session(({ socket }) => socket.send(Buffer.alloc(1_001)))).toBe(RELAY_CLOSE.messageTooLarge);
    expect(await session(() => fake.sockets.at(-1)?.send(Buffer.alloc(2_001)))).toBe(RELAY_CLOSE.upstreamUnreachable);
    expect(await session(({ socket }) => Array.from({ length: 60 }, () => socket.send(Buffer.of(1))))).toBe(RELAY_CLOSE.rateLimited);
    expect(fake.received.some(({ isBinary }) => !isBinary)).toBe(false);
  });

  it('hangs up on the vendor when the page goes away', async () => {
    await start();
    const browser = open(await server.grant(VOICE_ONLY));
    await browser.ready();
    browser.socket.terminate();
    await eventually(() => fake.sockets[0]?.readyState === WebSocket.CLOSED);
  });

  it('refuses a ticket that was used before', async () => {
    await start();
    const grant = await server.grant(VOICE_ONLY);
    const browser = open(grant);
    await browser.ready();
    expect(await open(grant).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    browser.socket.close();
  });
});
