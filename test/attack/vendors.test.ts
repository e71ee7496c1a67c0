import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { eventually } from '../server/serverHarness.js';
import { frame } from './frames.js';
import { DISCOVERY_FRESH_MS, isSystem, SET_PARAMS } from './startTarget.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const target = useTarget();
const WORDS = 'VENDOR-WORDS postgres://root:hunter2@db';
const escaped = (text: string): string => [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('nothing that a vendor says of itself reaches a page:', () => {
  it.each<[string, { status: number; body: unknown; location?: string }]>([
    ['an error page of discovery', { status: 500, body: `<h1>${WORDS}</h1>` }],
    ['a refusal of discovery', { status: 401, body: WORDS }],
    ['a code of discovery', { status: 200, body: { code: 5000, msg: WORDS } }],
    ['a code of discovery that is a text', { status: 200, body: { code: WORDS } }],
    ['a body of discovery that is cut', { status: 200, body: `{"code":1000,"msg":"${WORDS}` }],
    ['a body of discovery of another shape', { status: 200, body: { [WORDS]: { [WORDS]: [WORDS] } } }],
    ['a body of discovery of 3 MB', { status: 200, body: WORDS.repeat(80_000) }],
    ['a node of discovery that is odd', { status: 200, body: { code: 1000, data: { instances: [{ ip: WORDS, port: WORDS, status: WORDS, healthy: WORDS }] } } }],
    ['a redirect of discovery', { status: 302, body: WORDS, location: `http://127.0.0.1:1/${encodeURIComponent(WORDS)}` }],
  ])('%s', async (_attack, answer) => {
    target().vendor.discovery = () => answer;
    const { status, text } = await target().ask('/session');
    expect([502, 503]).toContain(status);
    expect(text + JSON.stringify(target().logs)).not.toMatch(/VENDOR-WORDS|hunter2/);
  });

  it.each<[string, object]>([
    ['a message of liveAvatar', { code: 1003, msg: WORDS }],
    ['a message of liveAvatar with its key', { code: 1101, msg: 'illegal token live-key-91d4e7' }],
    ['an answer of liveAvatar of another shape', { data: { [WORDS]: WORDS } }],
    ['a code of liveAvatar that nobody knows', { code: 987_654, msg: WORDS, data: null }],
  ])('%s', async (_attack, answer) => {
    target().live.intercept = ({ name }) => (name === 'create' ? { ...answer } : undefined);
    const { status, text } = await target().ask('/session', { body: { service: 'akool-live' } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/VENDOR-WORDS|hunter2/);
  });

  it.each([1_000, 1_008, 1_011, 4_001, 4_003, 4_401, 4_429, 4_999])('why a node closes with %i', async (code) => {
    target().vendor.onSocket = ({ socket }) => socket.close(code, WORDS.slice(0, 100));
    const { reason } = await target().open(ticketOf(await target().grant('mallory'))).closed;
    expect(reason).not.toBe('');
    expect(reason + JSON.stringify(target().logs)).not.toMatch(/VENDOR-WORDS|hunter2/);
  });

  it.each([400, 401, 403, 404, 429, 500, 503])('why a node answers an upgrade with %i', async (status) => {
    target().vendor.upgradeStatus = status;
    const { code, reason } = await target().open(ticketOf(await target().grant('mallory'))).closed;
    expect(code).toBeGreaterThanOrEqual(4_000);
    expect(reason).not.toBe('');
  });
});

describe('a key that a node echoes does not reach the page:', () => {
  it.each<[string, (key: string) => string | Buffer]>([
    ['as it is', (key) => JSON.stringify({ type: 'error', key })],
    ['in the name of a field', (key) => JSON.stringify({ type: 'error', [key]: 1 })],
    ['in escaped letters', (key) => `{"type":"error","key":"${escaped(key)}"}`],
    ['in escaped letters of a name', (key) => `{"type":"error","${escaped(key)}":1}`],
    ['encoded for a URL', (key) => JSON.stringify({ type: 'error', key: encodeURIComponent(key) })],
    ['deep inside', (key) => JSON.stringify({ type: 'error', a: [{ b: [{ c: `x${key}x` }] }] })],
    ['twice in one text', (key) => JSON.stringify({ type: 'error', key: key + key })],
    ['in what is no JSON', (key) => `error: ${key}`],
    ['in damaged JSON', (key) => `{"type":"error","key":"${key}`],
    ['after a megabyte of something else', (key) => JSON.stringify({ type: 'error', pad: 'x'.repeat(900_000), key })],
    ['in bytes', (key) => Buffer.from(key)],
  ])('%s', async (_attack, make) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    page.send(SET_PARAMS);
    await eventually(() => page.received.length >= 3);
    const publisher = /"token":"(007[^"]+)"/.exec(target().vendor.sockets[0]?.received.join() ?? '')?.[1] ?? '';
    expect(publisher).not.toBe('');
    // The harness's own listener reads JSON only.
    page.until = () => Promise.reject(new Error('Not here.'));
    for (const secret of [target().vendor.apiKey, publisher]) target().vendor.sockets[0]?.socket.send(make(secret));
    target().vendor.sockets[0]?.socket.send('{"type":"last"}');
    await eventually(() => page.received.some((text) => text.includes('"last"')));
    const seen = page.received.map((text) => text.replace(/\\u([0-9a-f]{4})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))).join();
    expect(seen).not.toContain(target().vendor.apiKey);
    expect(seen).not.toContain(publisher);
  });

  it('split over two frames of one message', async () => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    const { apiKey, sockets } = target().vendor;
    const text = `{"type":"error","key":"${apiKey}"}`;
    const half = text.indexOf(apiKey) + 5;
    const node = sockets[0]?.socket;
    node?.send(text.slice(0, half), { fin: false });
    node?.send(text.slice(half), { fin: true });
    node?.send('{"type":"last"}');
    await page.until(({ type }) => type === 'last');
    expect(page.received.join('')).not.toContain(apiKey);
  });

  it('in the headers with which it accepts', async () => {
    target().vendor.onSocket = ({ socket, request }) => {
      request.headers['x-echo'] = target().vendor.apiKey;
      socket.send('{"type":"system"}');
    };
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    expect(page.socket.protocol).toBe('visavis.v1');
  });
});

describe('a node that breaks the protocol ends its own session and no other:', () => {
  const ACCEPT = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ';

  it.each<[string, Uint8Array]>([
    ['frames that are masked', Buffer.concat([Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x40])])],
    ['reserved bits', frame({ isMasked: false, reserved: 7, payload: 'x' })],
    ['an unknown opcode', frame({ isMasked: false, opcode: 5 })],
    ['a length of 2^63', frame({ isMasked: false, claimedLength: 2n ** 63n })],
    ['a length of 1 GB', frame({ isMasked: false, claimedLength: 2n ** 30n })],
    ['a continuation of nothing', frame({ isMasked: false, opcode: 0, payload: 'x' })],
    ['a ping of 126 bytes', frame({ isMasked: false, opcode: 9, payload: 'x'.repeat(126) })],
    ['text that is no UTF-8', frame({ isMasked: false, payload: Buffer.from([0xff, 0xfe]) })],
    ['a flood of empty fragments', Buffer.concat([frame({ isMasked: false, isFinal: false, payload: 'x' }), ...Array.from({ length: 200_000 }, () => Buffer.from([0x00, 0x01, 0x41]))])],
    ['a message of 5 MB', frame({ isMasked: false, payload: 'x'.repeat(5_000_000) })],
  ])('%s', async (_attack, bytes) => {
    const rogue = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        const key = /sec-websocket-key: (.+)\r\n/i.exec(data.toString())?.[1] ?? '';
        socket.write(`${ACCEPT}${createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')}\r\n\r\n`);
        socket.write(bytes);
      });
    });
    await new Promise<void>((resolve) => rogue.listen(0, '127.0.0.1', resolve));
    const { port } = rogue.address() as AddressInfo; // A server that listens on TCP has one.
    const honest = target().open(ticketOf(await target().grant('ada')));
    await honest.until(isSystem);
    target().vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [{ ip: '127.0.0.1', port, avatar_id: 'ava', status: 'available', healthy: true }] } } });
    target().advance(DISCOVERY_FRESH_MS);
    const { code } = await target().open(ticketOf(await target().grant('mallory'))).closed;
    expect([RELAY_CLOSE.upstreamUnreachable, RELAY_CLOSE.messageTooLarge]).toContain(code);
    honest.send({ v: 2, type: 'ping', mid: 'g', pld: {} });
    await honest.until(({ type }) => type === 'pong');
    await new Promise((resolve) => rogue.close(resolve));
  });
});
