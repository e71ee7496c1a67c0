// Source: DVE wiki, "WebSocket protocol": client, relay and emulator together, with real speech.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { systemClock } from '../../src/clock/clock.js';
import { startEmulator } from '../../src/emulator.js';
import { createGrantSource } from '../../src/grant/createGrantSource.js';
import { encodePicture } from '../../src/picture/encodePicture.js';
import { createAvatarHandler, createRelay, toNodeListener } from '../../src/server.js';
import { dve } from '../../src/services/dve/dve.js';
import type { VoiceServiceEvent } from '../../src/services/service.js';
import { postFault } from '../emulator/nodeClient.js';

const RATE_HZ = 16_000;
/** 44 bytes of header, then s16le, mono, 16 kHz; two seconds. */
const file = readFileSync('test/fixtures/speech-16k.wav');
const speech = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + 44 + 2 * RATE_HZ * 2));

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function connect(assistantId: string) {
  const emulator = await startEmulator({ nodes: 1 });
  cleanUps.push(() => emulator.close());
  const options = {
    secret: 'a-secret-of-at-least-32-bytes-for-tests',
    authorize: () => ({ id: 'ada' }),
    allowedOrigins: [],
    dve: { apiKey: emulator.apiKey, url: emulator.dveUrl },
  };
  const relay = createRelay(options);
  const http = createServer(toNodeListener(createAvatarHandler(options)));
  http.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head) || socket.destroy());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanUps.push(async () => {
    await relay.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  const { port } = http.address() as AddressInfo; // it listens on TCP
  // ws implements the browser's interface, but its types are its own.
  const service = dve({ assistantId, vision: true, WebSocket: NodeWebSocket as unknown as typeof WebSocket });
  const { signal } = new AbortController();
  const wishes = { ...service.grantRequest, avatar: false };
  const grant = await createGrantSource(`http://127.0.0.1:${port}/api/avatar`).request({ purpose: 'start', previous: null, wishes, signal });
  const events: VoiceServiceEvent[] = [];
  const connection = await service.connect({ grant, signal, clock: systemClock, onEvent: (event) => events.push(event) });
  cleanUps.push(() => connection.close());
  const heardMs = () => events.reduce((sum, event) => sum + (event.type === 'speech' ? (event.samples.length * 1000) / event.sampleRateHz : 0), 0);
  return { emulator, connection, events, heardMs };
}

describe('a voice through the relay', () => {
  it.each(['echo', 'host'])('talks with the %s, which notices by the silence that the user has finished, and falls silent when spoken to', async (assistantId) => {
    const { connection, events, heardMs } = await connect(assistantId);
    connection.sendAudio(speech);
    // No more sound: the service goes on with silence by itself.
    await vi.waitFor(() => expect(heardMs()).toBeGreaterThan(1_000), { timeout: 10_000 });
    connection.sendAudio(speech);
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toContain('interrupt'), { timeout: 5_000 });
    expect(events.filter(({ type }) => type === 'error' || type === 'disconnect')).toEqual([]);
  });

  it('shows pictures, survives a damaged frame, and ends with 4008', async () => {
    const { emulator, connection, events } = await connect('echo');
    await connection.sendImage({ bytes: Uint8Array.of(1, 2, 3), format: 'jpeg', width: 640, height: 480 });
    const file = new Blob([new Uint8Array(createCanvas(640, 480).toBuffer('image/png'))]);
    await connection.sendImage(await encodePicture(file));
    // As large as encodePicture makes them.
    await connection.sendImage({ bytes: new Uint8Array(240_000), format: 'jpeg', width: 1280, height: 720 });
    const sessions = async () => (await (await fetch(`${emulator.url}/_emulator/sessions`)).json()) as unknown; // matched below
    await vi.waitFor(async () => expect(await sessions()).toMatchObject([{ vendor: 'dve', images: 3 }]));
    await postFault(emulator, { fault: 'malformed-message', vendor: 'dve' });
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'error', error: { reason: 'message-invalid' } }));
    await postFault(emulator, { fault: 'close-socket', code: 4008 });
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason: 'session-ended', retryable: false } }));
  });

  it('reports a connection that is cut', async () => {
    const { emulator, events } = await connect('echo');
    await postFault(emulator, { fault: 'drop-socket', vendor: 'dve' });
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason: 'avatar-unreachable', retryable: true } }));
  });
});
