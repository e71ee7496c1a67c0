import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { chat, discover, interrupt, isAck, isStatus, isType, joinNode, openNode, postFault, setParams } from './nodeClient.js';
import { makeSpeech } from './speech.js';

let emulator: Emulator;
let port: number;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 2, reconnectCooldownMs: 0 });
  port = (await discover(emulator))[0]?.port ?? 0;
});
afterEach(() => emulator.close());

const get = (path: string) => fetch(`${emulator.url}${path}`);

/** Samples of a 16-bit mono WAV, read by the letter of RIFF. */
function readWav(file: ArrayBuffer): { rateHz: number; channels: number; bits: number; samples: Int16Array } {
  const view = new DataView(file);
  expect(Buffer.from(file, 0, 4).toString() + Buffer.from(file, 8, 8).toString()).toBe('RIFFWAVEfmt ');
  expect(view.getUint32(4, true)).toBe(file.byteLength - 8);
  const length = view.getUint32(40, true);
  return { rateHz: view.getUint32(24, true), channels: view.getUint16(22, true), bits: view.getUint16(34, true), samples: new Int16Array(file.slice(44, 44 + length)) };
}

describe('discovery', () => {
  it('shows every node with the six keys that the vendor\'s client requires, and ignores group_name', async () => {
    const response = await fetch(`${emulator.discoveryUrl}?group_name=WEBSOCKET_GROUP_TEST`, { headers: { api_key: 'emulator-key' } });
    const body = await response.json();
    expect(body).toMatchObject({ code: 1000, msg: expect.any(String) });
    expect(body.data.instances).toEqual(
      [0, 1].map((index) => ({ ip: '127.0.0.1', port: expect.any(Number), avatar_id: expect.any(String), status: 'available', healthy: true, index })),
    );
  });

  it.each([[{ api_key: 'wrong' }], [{}], [{ authorization: 'Bearer emulator-key' }]])('answers headers %j with 401 and code 4001', async (headers: Record<string, string>) => {
    const response = await fetch(emulator.discoveryUrl, { headers });
    expect(response.status).toBe(401);
    expect((await response.json()).code).toBe(4001);
  });

  it('shows a taken node as not available', async () => {
    await joinNode(port);
    expect((await discover(emulator)).map(({ status }) => status)).toEqual(['occupied', 'available']);
  });
});

describe('sessions', () => {
  it('report what was received, without any token', async () => {
    const node = await joinNode(port, { session: 'abc', avatar: 'emma' });
    node.send(chat(new Int16Array(1024)));
    node.send(chat(new Int16Array(576)));
    node.send(interrupt('i-1'));
    await node.next(isAck('i-1'));
    const text = await (await get('/_emulator/sessions')).text();
    expect(JSON.parse(text)).toEqual([
      {
        vendor: 'akool-streaming', id: 'abc', connection: 1, node: 0, avatarId: 'emma', state: 'joined', channel: 'room-1', uid: 7001,
        receivedMs: 100, receivedBytes: 3200, chunks: 2, images: 0, texts: 0, speaking: false, interrupts: 1, commands: [{ mid: 'p-1', cmd: 'set-params' }, { mid: 'i-1', cmd: 'interrupt' }],
        params: { vid: '', lang: 'en', mode: 3, bgurl: '' }, audioCut: false,
        openedAt: expect.any(String), closedAt: null, closeCode: null,
      },
    ]);
    expect(text).not.toContain('tok');
  });

  it('say that the avatar speaks while it can be heard', async () => {
    const node = await joinNode(port);
    node.send(chat(makeSpeech(800)));
    const speaking = async () => (await (await get('/_emulator/sessions')).json())[0].speaking;
    await vi.waitFor(async () => expect(await speaking()).toBe(true), { interval: 20 });
    await vi.waitFor(async () => expect(await speaking()).toBe(false), { timeout: 4000 });
  });

  it('give back exactly the PCM that a node received, by connection', async () => {
    const first = makeSpeech(500);
    const node = await joinNode(port, { session: 'abc' });
    for (let i = 0; i < first.length; i += 1000) node.send(chat(first.subarray(i, i + 1000)));
    node.send(interrupt('i-1'));
    await node.next(isAck('i-1'));
    node.socket.close(1000);
    await node.closed;
    const second = Int16Array.from([1, -1, 32767, -32768]);
    const again = await joinNode((await discover(emulator))[1]?.port ?? 0, { session: 'abc' });
    again.send(chat(second));
    again.send(interrupt('i-2'));
    await again.next(isAck('i-2'));

    const latest = readWav(await (await get('/_emulator/sessions/abc/audio.wav')).arrayBuffer());
    expect(latest).toMatchObject({ rateHz: 16_000, channels: 1, bits: 16 });
    expect(latest.samples).toEqual(second);
    const earlier = readWav(await (await get('/_emulator/sessions/abc/audio.wav?connection=1')).arrayBuffer());
    expect(Buffer.compare(Buffer.from(earlier.samples.buffer), Buffer.from(first.buffer))).toBe(0);
    expect((await get('/_emulator/sessions/abc/audio.wav?connection=3')).status).toBe(404);
    expect((await (await get('/_emulator/sessions')).json())[0]).toMatchObject({ state: 'closed', closeCode: 1000, channel: 'room-1' });
  });
});

describe('faults', () => {
  it('are listed with what they do, with those that are armed, and can be cleared', async () => {
    await postFault(emulator, { fault: 'no-pong', times: 2 });
    const listed = await (await get('/_emulator/faults')).json();
    expect(listed.available['drop-socket']).toEqual(expect.any(String));
    expect(listed.armed).toEqual([{ fault: 'no-pong', times: 2, remaining: 2 }]);
    await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
    expect((await (await get('/_emulator/faults')).json()).armed).toEqual([]);
  });

  it.each([[{ fault: 'earthquake' }], [{}], [{ fault: 'no-ack', times: 0 }], [{ fault: 'no-ack', colour: 1 }], [{ fault: 'close-socket', code: 1006 }], [null]])('answer %j with 400 and what is wrong', async (body) => {
    const response = await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect((await response.json()).error).toEqual(expect.any(String));
  });

  it('drop-socket cuts the named session without a close frame', async () => {
    const kept = await joinNode(port, { session: 'kept' });
    const cut = await joinNode((await discover(emulator))[1]?.port ?? 0, { session: 'cut', agora: { uid: 7002 } });
    expect(await postFault(emulator, { fault: 'drop-socket', session: 'cut' })).toMatchObject({ struck: 1, armed: false });
    expect((await cut.closed).code).toBe(1006);
    kept.send({ type: 'ping' });
    await kept.next(isType('pong'));
  });

  it('close-socket closes with the code that was asked for', async () => {
    const node = await joinNode(port);
    await postFault(emulator, { fault: 'close-socket', code: 4003 });
    expect((await node.closed).code).toBe(4003);
  });

  it('refuse-node refuses the upgrade, or closes with a code, and shows unhealthy only when told to', async () => {
    await postFault(emulator, { fault: 'refuse-node', node: 0 });
    expect((await discover(emulator))[0]?.healthy).toBe(true);
    expect((await openNode(port).closed).code).toBe(1006);
    await postFault(emulator, { fault: 'refuse-node', node: 0, code: 4004, unhealthy: true });
    expect((await discover(emulator)).map(({ healthy }) => healthy)).toEqual([false, true]);
    expect((await openNode(port).closed).code).toBe(4004);
    await joinNode(port);
  });

  it('failed-ack answers with status error and does not carry the command out', async () => {
    const node = openNode(port);
    await node.next(isStatus('websocket_connected'));
    await postFault(emulator, { fault: 'failed-ack' });
    node.send(setParams('p-1'));
    expect((await node.next(isAck('p-1'))).pld['status']).toBe('error');
    node.send(setParams('p-2'));
    await node.next(isStatus('agora_connected'));
    expect(node.messages.filter(isStatus('agora_connected'))).toHaveLength(1);
  });

  it('no-ack withholds the ack and joins all the same', async () => {
    const node = openNode(port);
    await node.next(isStatus('websocket_connected'));
    await postFault(emulator, { fault: 'no-ack' });
    node.send(setParams('p-1'));
    await node.next(isStatus('agora_connected'));
    expect(node.messages.some(isType('ack'))).toBe(false);
  });

  it('slow-ack delays the ack by delayMs', async () => {
    const node = await joinNode(port);
    await postFault(emulator, { fault: 'slow-ack', delayMs: 150 });
    const sentMs = performance.now();
    node.send(interrupt('i-1'));
    await node.next(isAck('i-1'));
    expect(performance.now() - sentMs).toBeGreaterThan(140);
  });

  it('no-agora-connected acks and goes no further', async () => {
    const node = openNode(port);
    await node.next(isStatus('websocket_connected'));
    await postFault(emulator, { fault: 'no-agora-connected' });
    node.send(setParams('p-1'));
    expect((await node.next(isAck('p-1'))).pld['status']).toBe('success');
    node.send(chat(new Int16Array(160)));
    expect((await node.next(isType('error'))).pld['error_code']).toBe(4010);
  });

  it('no-pong leaves one ping unanswered', async () => {
    const node = await joinNode(port);
    await postFault(emulator, { fault: 'no-pong' });
    node.send({ type: 'ping' });
    node.send(interrupt('i-1'));
    await node.next(isAck('i-1'));
    expect(node.messages.some(isType('pong'))).toBe(false);
    node.send({ type: 'ping' });
    await node.next(isType('pong'));
  });

  it('error-code reaches a live socket at once, and else the next one that says something', async () => {
    const node = await joinNode(port);
    await postFault(emulator, { fault: 'error-code', code: 4321 });
    expect((await node.next(isType('error'))).pld['error_code']).toBe(4321);
    node.socket.close();
    await node.closed;
    await vi.waitFor(async () => expect((await discover(emulator))[0]?.status).toBe('available'));
    expect(await postFault(emulator, { fault: 'error-code' })).toMatchObject({ struck: 0, armed: true });
    const next = await joinNode(port);
    expect((await next.next(isType('error'))).pld['error_code']).toBe(5000);
  });

  it('malformed-message sends text that is not JSON', async () => {
    const node = await joinNode(port);
    await postFault(emulator, { fault: 'malformed-message' });
    await node.next(isType('not-json'));
  });

  it('no-websocket-connected opens a socket that says nothing', async () => {
    await postFault(emulator, { fault: 'no-websocket-connected' });
    const node = openNode(port);
    await new Promise((resolve) => node.socket.once('open', resolve));
    node.send({ type: 'ping' });
    await node.next(isType('pong'));
    expect(node.messages).toHaveLength(1);
  });

  it('discovery-down, discovery-code and no-healthy-node spoil one discovery each', async () => {
    const ask = async () => {
      const response = await fetch(emulator.discoveryUrl, { headers: { api_key: 'emulator-key' } });
      return { status: response.status, text: await response.text() };
    };
    await postFault(emulator, { fault: 'discovery-down' });
    expect((await ask()).status).toBe(503);
    await postFault(emulator, { fault: 'discovery-code', code: 4001 });
    expect(JSON.parse((await ask()).text).code).toBe(4001);
    await postFault(emulator, { fault: 'no-healthy-node' });
    expect((await discover(emulator)).map(({ healthy }) => healthy)).toEqual([false, false]);
    expect((await discover(emulator)).map(({ healthy }) => healthy)).toEqual([true, true]);
  });
});

describe('the control', () => {
  it('tells where everything is, on / and on /_emulator/info', async () => {
    const { close: _close, ...info } = emulator;
    expect(await (await get('/_emulator/info')).json()).toEqual({ ready: true, ...info });
    expect(await (await get('/')).json()).toMatchObject(info);
  });

  it('refuses a Host that is not this machine', async () => {
    const { port: controlPort } = new URL(emulator.url);
    const statusFor = (host: string) =>
      new Promise((resolve) => {
        request({ port: controlPort, path: '/_emulator/sessions', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    expect(await statusFor(`attacker.example:${controlPort}`)).toBe(403);
    expect(await statusFor('127.0.0.1.attacker.example')).toBe(403);
    expect(await statusFor(`localhost:${controlPort}`)).toBe(200);
  });

  it('serves a still of the face', async () => {
    const response = await get('/_emulator/face.png');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer()).subarray(1, 4).toString()).toBe('PNG');
  });
});
