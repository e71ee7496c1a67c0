// Source: README of the vendor's `akool-streaming-avatar` Python package, "Message format", and its discovery body.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { sessionsOf } from './liveClient.js';
import { discover, interrupt, isAck, isStatus, isType, joinNode, leave, openNode, postFault } from './nodeClient.js';
import { join, openRoom } from './roomClient.js';

let emulator: Emulator;
let port: number;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, reconnectCooldownMs: 0 });
  port = (await discover(emulator))[0]?.port ?? 0;
});
afterEach(() => emulator.close());

const auth = (token = 'emulator-key') => ({ type: 'auth', token, avatar_id: 'readme-avatar' });
const params = { type: 'agora_params', data: { channel: 'room-1', userId: 7001, rtcToken: 'tok' } };
const audio = (samples: Int16Array) => ({ type: 'audio_data', data: Buffer.from(samples.buffer).toString('base64') });

/** A connection that shows no key in its headers. */
async function open() {
  const client = openNode(port, { key: null });
  await once(client.socket, 'open');
  return client;
}

describe('a node that is spoken to as in the README', () => {
  it('takes auth, agora_params, audio_data and a bare ping, and appears in the room', async () => {
    const viewer = await openRoom(emulator);
    await viewer.request(join(42, { appId: 'loopback' }));
    const client = await open();
    client.send(auth());
    await client.next(isStatus('websocket_connected'));
    client.send(params);
    expect((await client.next(isStatus('agora_connected'))).pld['channel_id']).toBe('room-1');
    expect(await viewer.next('user-joined')).toEqual({ type: 'user-joined', uid: 7001 });
    const samples = Int16Array.from({ length: 1_600 }, (_, index) => index);
    client.send(audio(samples));
    client.send({ type: 'ping' });
    await client.next(isType('pong'));
    expect(await sessionsOf(emulator)).toMatchObject([{ id: 's-1', avatarId: 'a-1', state: 'joined', channel: 'room-1', uid: 7001, receivedMs: 100, chunks: 1 }]);
    const wav = await (await fetch(`${emulator.url}/_emulator/sessions/s-1/audio.wav`)).arrayBuffer();
    expect(new Int16Array(wav.slice(44))).toEqual(samples);
    expect(client.messages.some(isType('ack'))).toBe(false);
    // What the README has no form for is said as in version 2.
    client.send(interrupt('i-1'));
    await client.next(isAck('i-1'));
    client.send(leave('l-1'));
    await client.next(isAck('l-1'));
    expect((await client.closed).code).toBe(1000);
    await viewer.close();
  });

  it('knows a session by auth alone when the address names none', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/streamingAvatar/ws/v1`);
    await once(socket, 'open');
    socket.send(JSON.stringify(auth()));
    await once(socket, 'message');
    expect(await sessionsOf(emulator)).toMatchObject([{ id: 'readme-1', avatarId: 'readme-avatar', state: 'connected' }]);
    socket.terminate();
  });

  it('takes the forms too from a client that shows its key both ways', async () => {
    const client = openNode(port);
    await client.next(isStatus('websocket_connected'));
    client.send(auth());
    client.send(params);
    await client.next(isStatus('agora_connected'));
    expect(client.messages.filter(isStatus('websocket_connected'))).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['auth with a wrong token', auth('wrong')],
    ['another message', { type: 'ping' }],
    ['auth without an avatar', { type: 'auth', token: 'emulator-key' }],
    ['what is not JSON', '{"type":'],
  ])('closes with 4001 on %s in place of auth', async (_case, first) => {
    const client = await open();
    client.send(first);
    expect((await client.closed).code).toBe(4001);
    expect(client.messages).toEqual([]);
  });

  it('closes with 4003 when the node has been taken, and forgets a client that went without a word', async () => {
    const silent = await open();
    silent.socket.terminate();
    const taken = await joinNode(port);
    const client = await open();
    client.send(auth());
    expect((await client.closed).code).toBe(4003);
    taken.send({ type: 'ping' });
    await taken.next(isType('pong'));
  });

  it('answers forms that are wrong, and forms on a connection that did not begin so, with an error', async () => {
    const client = await open();
    client.send(auth());
    client.send({ type: 'agora_params', data: { channel: 'room-1', userId: 0, rtcToken: 'tok' } });
    expect((await client.next(isType('error'))).pld['error_message']).toContain('userId');
    client.send({ type: 'audio_data', data: 'AAA' });
    expect((await client.next(isType('error'))).pld['error_code']).toBe(4011);
    client.send(audio(new Int16Array(160)));
    expect((await client.next(isType('error'))).pld['error_code']).toBe(4010);
    client.send(auth());
    expect((await client.next(isType('error'))).pld['error_code']).toBe(4000);
    client.socket.terminate();
    await client.closed;
    const other = openNode(port);
    await other.next(isStatus('websocket_connected'));
    other.send(params);
    expect((await other.next(isType('error'))).pld['error_code']).toBe(4000);
  });
});

describe("discovery with the README's body", () => {
  it('lists services, active while they are free and well', async () => {
    await emulator.close();
    emulator = await startEmulator({ nodes: 2, discoveryBody: 'readme' });
    const ask = async () => (await fetch(emulator.discoveryUrl, { headers: { api_key: 'emulator-key' } })).json();
    const body = await ask();
    expect(body).toEqual({ success: true, data: { services: [0, 1].map(() => ({ host: '127.0.0.1', port: expect.any(Number), status: 'active' })) } });
    await joinNode(body.data.services[1].port);
    expect((await ask()).data.services.map(({ status }: { status: string }) => status)).toEqual(['active', 'inactive']);
    await postFault(emulator, { fault: 'no-healthy-node' });
    expect((await ask()).data.services.map(({ status }: { status: string }) => status)).toEqual(['inactive', 'inactive']);
  });
});
