// Source: akool-streaming-avatar 0.1.8 (Python), websocket_client.py and service_discovery.py.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { chat, discover, interrupt, isAck, isStatus, isType, joinNode, leave, openNode, setParams } from './nodeClient.js';

let emulator: Emulator;
let port: number;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 2, reconnectCooldownMs: 0 });
  port = (await discover(emulator))[0]?.port ?? 0;
});
afterEach(() => emulator.close());

const sessions = async () => (await fetch(`${emulator.url}/_emulator/sessions`)).json();

describe('a streaming node', () => {
  it('says websocket_connected, acks set-params with the original mid, and then says agora_connected with the channel', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(setParams('cmd-set-params-1'));
    await client.next(isStatus('agora_connected'));
    expect(client.messages.map(({ v, type, pld }) => ({ v, type, pld }))).toEqual([
      { v: 2, type: 'system', pld: { status: 'websocket_connected' } },
      { v: 2, type: 'ack', pld: { original_mid: 'cmd-set-params-1', status: 'success' } },
      { v: 2, type: 'system', pld: { status: 'agora_connected', channel_id: 'room-1' } },
    ]);
    expect(new Set(client.messages.map(({ mid }) => mid)).size).toBe(3);
  });

  it.each([
    ['a wrong key', 'wrong'],
    ['no key', null],
  ])('accepts the upgrade and closes with 4001 on %s', async (_title, key) => {
    expect((await openNode(port, { key }).closed).code).toBe(4001);
  });

  it('closes a second connection with 4003 and leaves the first alone', async () => {
    const first = await joinNode(port);
    expect((await openNode(port, { session: 's-2' }).closed).code).toBe(4003);
    first.send({ v: 2, type: 'ping', mid: 'ping-1', pld: {} });
    await first.next(isType('pong'));
  });

  it('closes with 4004 when it is opened again within the cooldown', async () => {
    const slow = await startEmulator({ nodes: 1, reconnectCooldownMs: 60_000 });
    const [instance] = await discover(slow);
    const first = openNode(instance?.port ?? 0);
    await first.next(isStatus('websocket_connected'));
    first.socket.close();
    await first.closed;
    await vi.waitFor(async () => expect((await discover(slow))[0]?.status).toBe('available'));
    expect((await openNode(instance?.port ?? 0).closed).code).toBe(4004);
    await slow.close();
  });

  it('is free again as soon as a client vanishes without a close frame', async () => {
    const first = await joinNode(port);
    first.socket.terminate();
    await vi.waitFor(async () => expect((await discover(emulator))[0]?.status).toBe('available'));
    await joinNode(port, { session: 's-2' });
  });

  it.each([
    ['a mode that is not 3', { data: { mode: 1 } }, /mode/],
    ['an empty language', { data: { lang: '' } }, /lang/],
    ['a background that is no URL', { data: { bgurl: 'beach' } }, /bgurl/],
    ['no channel', { agora: { channel_id: '' } }, /channel_id/],
    ['a uid out of range', { agora: { uid: 0 } }, /uid/],
    ['no channel data before it has joined', { agora: null }, /agora_data/],
  ])('acks set-params with status error on %s, and does not join', async (_title, change, message) => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(setParams('p-1', change));
    const ack = await client.next(isAck('p-1'));
    expect(ack.pld['status']).toBe('error');
    expect(ack.pld['message']).toMatch(message);
    client.send({ v: 2, type: 'ping', mid: 'ping-1', pld: {} });
    await client.next(isType('pong'));
    expect(client.messages.some(isStatus('agora_connected'))).toBe(false);
  });

  it('keeps the room on a second set-params for the same channel, and takes over the parameters', async () => {
    const client = await joinNode(port);
    client.send(setParams('p-2', { data: { lang: 'fr', vid: 'v9' } }));
    expect((await client.next(isAck('p-2'))).pld['status']).toBe('success');
    client.send(setParams('p-3', { data: { lang: 'de' }, agora: null }));
    expect((await client.next(isAck('p-3'))).pld['status']).toBe('success');
    expect(client.messages.filter(isStatus('agora_connected'))).toHaveLength(1);
    expect((await sessions())[0].params).toEqual({ vid: '', lang: 'de', mode: 3, bgurl: '' });
  });

  it('changes the room when a second set-params names another channel', async () => {
    const client = await joinNode(port);
    client.send(setParams('p-2', { agora: { channel_id: 'room-2' } }));
    expect((await client.next(isStatus('agora_connected'))).pld['channel_id']).toBe('room-2');
  });

  it('answers an expired channel token with an error message instead of agora_connected', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(setParams('p-1', { agora: { token: 'expired' } }));
    const error = await client.next(isType('error'));
    expect(error.pld['error_code']).toBe(4012);
    expect(error.pld['error_message']).toMatch(/token/);
  });

  it('refuses audio before agora_connected with an error message', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(chat(new Int16Array(160)));
    expect((await client.next(isType('error'))).pld['error_code']).toBe(4010);
  });

  it.each([
    ['text that is not JSON', '{"v":2,'],
    ['a JSON value that is no object', '42'],
    ['an unknown type', { v: 2, type: 'auth', mid: 'm', token: 't' }],
    ['an unknown command', { v: 2, type: 'command', mid: 'm', pld: { cmd: 'dance' } }],
    ['another version', { v: 1, type: 'chat', mid: 'm', pld: { audio: '' } }],
    ['base64 with foreign characters', { v: 2, type: 'chat', mid: 'm', pld: { audio: '!!!!' } }],
    ['an odd number of bytes', { v: 2, type: 'chat', mid: 'm', pld: { audio: Buffer.from([1, 2, 3]).toString('base64') } }],
  ])('answers %s with an error message and keeps the connection', async (_title, message) => {
    const client = await joinNode(port);
    client.send(message);
    const error = await client.next(isType('error'));
    expect(error.pld['error_code']).toEqual(expect.any(Number));
    expect(error.pld['error_message']).toEqual(expect.any(String));
    client.send({ v: 2, type: 'ping', mid: 'ping-1', pld: {} });
    await client.next(isType('pong'));
  });

  it('closes with 1009 on a message of more than a mebibyte', async () => {
    const client = await joinNode(port);
    client.send(chat(new Int16Array(500_000)));
    expect((await client.closed).code).toBe(1009);
  });

  it('answers the full ping and the bare one of the README', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send({ v: 2, type: 'ping', mid: 'ping-1', pld: {} });
    expect(await client.next(isType('pong'))).toMatchObject({ v: 2, mid: expect.any(String), pld: {} });
    client.send({ type: 'ping' });
    await client.next(isType('pong'));
  });

  it('acks interrupt, also before the avatar has joined', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(interrupt('i-1'));
    expect((await client.next(isAck('i-1'))).pld['status']).toBe('success');
  });

  it('acks leave_channel, closes with 1000 and is free for the next session', async () => {
    const client = await joinNode(port);
    client.send(leave('l-1'));
    expect((await client.next(isAck('l-1'))).pld['status']).toBe('success');
    expect((await client.closed).code).toBe(1000);
    await vi.waitFor(async () => expect((await discover(emulator))[0]?.status).toBe('available'));
  });

  it('refuses a WebSocket on another path with 404', async () => {
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/other`);
    const status = await new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
    expect(status).toBe(404);
  });
});
