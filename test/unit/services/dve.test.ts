// Source: DVE wiki, "WebSocket protocol" and its Python samples; frames here are written by hand, not by our codec.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { systemClock, type Clock } from '../../../src/clock/clock.js';
import type { Grant } from '../../../src/grant/grant.js';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL, RELAY_UPSTREAM_OPEN, ticketFromSubprotocols } from '../../../src/grant/relayProtocol.js';
import { dve, type DveOptions } from '../../../src/services/dve/dve.js';
import type { VoiceServiceEvent } from '../../../src/services/service.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const INTERRUPT = Buffer.from('0a0f1a0d5f5f696e746572727570745f5f', 'hex');

/** Frame of member 2 with bytes=3, sample_rate=4, num_channels=5. */
function audioFrame(audio: Uint8Array, rateHz = 16_000, channels = 1): Buffer {
  const body = Buffer.concat([Buffer.of(0x1a), varint(audio.length), audio, Buffer.of(0x20), varint(rateHz), Buffer.of(0x28), varint(channels)]);
  return Buffer.concat([Buffer.of(0x12), varint(body.length), body]);
}

function varint(value: number): Buffer {
  return value < 128 ? Buffer.of(value) : Buffer.concat([Buffer.of((value & 127) | 128), varint(value >>> 7)]);
}

function wav(samples: readonly number[], rateHz = 16_000): Uint8Array {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => file.writeInt16LE(sample, 44 + index * 2));
  return file;
}

const cleanUps: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface SetUp {
  readonly options?: DveOptions;
  readonly clock?: Clock;
  readonly onConnection?: (socket: ServerSocket) => void;
}

async function setUp({ options = {}, clock = systemClock, onConnection = (socket) => socket.send(RELAY_UPSTREAM_OPEN) }: SetUp = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => RELAY_SUBPROTOCOL });
  await once(server, 'listening');
  const received: Buffer[] = [];
  const offered: string[][] = [];
  const sockets: ServerSocket[] = [];
  server.on('connection', (socket, request) => {
    sockets.push(socket);
    offered.push((request.headers['sec-websocket-protocol'] ?? '').split(',').map((value) => value.trim()));
    socket.on('message', (data, isBinary) => received.push(isBinary ? (data as Buffer) : Buffer.from('text'))); // ws gives one Buffer by default
    onConnection(socket);
  });
  cleanUps.push(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
  });
  const controller = new AbortController();
  const events: VoiceServiceEvent[] = [];
  const voice = {
    service: 'dve',
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/relay`, // it listens on TCP
    ticket: 'the-ticket',
    ticketExpiresAt: 4e12,
  } as const;
  const grant: Grant = { version: 1, sessionId: 'session-1', expiresAt: 4e12, voice };
  // ws implements the browser's interface, but its types are its own.
  const service = dve({ WebSocket: NodeWebSocket as unknown as typeof WebSocket, fillSilence: false, ...options });
  const connect = (given: Grant = grant) => service.connect({ grant: given, signal: controller.signal, clock, onEvent: (event) => events.push(event) });
  const samples = () => events.flatMap((event) => (event.type === 'speech' ? [...event.samples] : []));
  return { connect, service, controller, events, received, offered, sockets, samples, types: () => events.map(({ type }) => type) };
}

const until = (check: () => void) =>
  expect
    .poll(
      () => {
        try {
          check();
          return 'ok';
        } catch (error) {
          return String(error);
        }
      },
      { timeout: 5000, interval: 5 },
    )
    .toBe('ok');

const tone = (length: number, offset = 0) => Int16Array.from({ length }, (_, index) => ((index + offset) % 2000) - 1000);

describe('dve', () => {
  it('asks the session route for a voice', () => {
    expect(dve().grantRequest).toEqual({ voice: { service: 'dve' } });
    expect(dve({ assistantId: 'a', vision: true }).grantRequest).toEqual({ voice: { service: 'dve', assistantId: 'a', vision: true } });
  });

  it.each<[string, DveOptions]>([
    ['a time of zero', { connectTimeoutMs: 0 }],
    ['a time that is no number', { replyGapMs: Number.NaN }],
    ['the number of the audio member', { imageFieldNumber: 2 }],
    ['a number that protobuf reserves', { imageFieldNumber: 19_500 }],
    ['half a number', { imageFieldNumber: 3.5 }],
  ])('refuses %s', (_case, options) => {
    expect(() => dve(options)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('shows the ticket as a subprotocol and is ready only when the vendor is', async () => {
    let vendorOpens = (): void => undefined;
    const { connect, offered, types } = await setUp({ onConnection: (socket) => (vendorOpens = () => socket.send(RELAY_UPSTREAM_OPEN)) });
    const connecting = connect();
    await until(() => expect(offered).toHaveLength(1));
    expect(ticketFromSubprotocols(offered[0] ?? [])).toBe('the-ticket');
    expect(types()).toEqual([]);
    vendorOpens();
    const connection = await connecting;
    expect(types()).toEqual(['connect']);
    expect(connection.inputFormat).toEqual({ sampleRateHz: 16_000, channels: 1 });
    expect(connection.info()).toMatchObject({ service: 'dve', ready: true, sessionId: 'session-1' });
    await connection.close();
  });

  it('refuses a grant without a voice, and an aborted start', async () => {
    const { connect, controller, sockets } = await setUp();
    await expect(connect({ version: 1, sessionId: 's', expiresAt: 4e12 })).rejects.toMatchObject({ reason: 'grant-invalid' });
    controller.abort();
    await expect(connect()).rejects.toMatchObject({ name: 'AbortError' });
    expect(sockets).toHaveLength(0);
  });

  it('gives up when the vendor stays away, when told to, and when the relay closes', async () => {
    const silent = await setUp({ options: { connectTimeoutMs: 20 }, onConnection: () => undefined });
    await expect(silent.connect()).rejects.toMatchObject({ reason: 'avatar-timeout', retryable: true });
    const aborted = await setUp({ onConnection: () => aborted.controller.abort() });
    await expect(aborted.connect()).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => expect(aborted.sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
    const refused = await setUp({ onConnection: (socket) => socket.close(RELAY_CLOSE.keyRejected) });
    await expect(refused.connect()).rejects.toMatchObject({ reason: 'key-rejected', retryable: false });
    expect([silent, aborted, refused].flatMap(({ types }) => types())).toEqual([]);
  });

  it('sends frames of 512 samples, every sample once, without a header', async () => {
    const { connect, received } = await setUp();
    const connection = await connect();
    const samples = tone(512 * 3 + 100);
    for (let start = 0; start < samples.length; start += 160) expect(connection.sendAudio(samples.subarray(start, start + 160))).toBe(0);
    await connection.close();
    const sent = [0, 512, 1024, 1536].map((start) => audioFrame(new Uint8Array(samples.slice(start, start + 512).buffer)));
    expect(received).toEqual(sent);
    expect(connection.info()).toMatchObject({ connected: false, sentAudioMs: samples.length / 16 });
    expect(connection.sendAudio(new Int16Array(160))).toBe(10);
  });

  it('drops and counts what a congested socket would only deliver late, pictures too', async () => {
    let bufferedBytes = 0;
    class CongestedSocket extends NodeWebSocket {
      constructor(...args: ConstructorParameters<typeof NodeWebSocket>) {
        super(...args);
        Object.defineProperty(this, 'bufferedAmount', { get: () => bufferedBytes });
      }
    }
    const { connect, received } = await setUp({ options: { vision: true, maxQueuedMs: 100, WebSocket: CongestedSocket as unknown as typeof WebSocket } }); // as below
    const connection = await connect();
    expect(connection.sendAudio(tone(512))).toBe(0);
    bufferedBytes = 101 * 32;
    expect(connection.sendAudio(tone(1_024))).toBe(64);
    const image = { bytes: Uint8Array.of(1), format: 'png', width: 1, height: 1 } as const;
    await expect(connection.sendImage(image)).rejects.toMatchObject({ reason: 'rate-limited', retryable: true });
    bufferedBytes = 100 * 32;
    expect(connection.sendAudio(tone(512))).toBe(0);
    await until(() => expect(received).toHaveLength(2));
    expect(connection.info().sentAudioMs).toBe(64);
    await connection.close();
  });

  it('goes on with silence when the microphone gives nothing, and stops that with the first sound', async () => {
    const clock = createManualClock();
    const { connect, received } = await setUp({ clock, options: { fillSilence: true } });
    const connection = await connect();
    await clock.advance(1_000);
    await until(() => expect(received.length).toBeGreaterThanOrEqual(30));
    expect(connection.info().sentAudioMs).toBeGreaterThan(940);
    expect(received.every((frame) => frame.equals(audioFrame(new Uint8Array(1024))))).toBe(true);
    const before = connection.info().sentAudioMs;
    for (let ms = 0; ms < 320; ms += 10) {
      connection.sendAudio(tone(160));
      await clock.advance(10);
    }
    expect(connection.info().sentAudioMs - before).toBe(320);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it('plays speech of any container and rate as mono samples, in order', async () => {
    const { connect, sockets, events, samples } = await setUp();
    const connection = await connect();
    const [socket] = sockets;
    socket?.send(audioFrame(wav([1, 2, 3])));
    socket?.send(audioFrame(wav([4, 5], 24_000), 24_000));
    socket?.send(audioFrame(wav([6], 22_050), 0, 0));
    socket?.send(audioFrame(wav([])));
    socket?.send(audioFrame(new Uint8Array(Int16Array.of(10, 20, -3, -4).buffer), 16_000, 2));
    await until(() => expect(samples()).toEqual([1, 2, 3, 4, 5, 6, 15, -3]));
    expect(events.flatMap((event) => (event.type === 'speech' ? [event.sampleRateHz] : []))).toEqual([16_000, 24_000, 22_050, 16_000]);
    await connection.close();
  });

  it('puts a sample together that two frames share, but not over an interrupt', async () => {
    const { connect, sockets, samples } = await setUp();
    const connection = await connect();
    const bytes = new Uint8Array(Int16Array.of(1000, 2000, 3000).buffer);
    sockets[0]?.send(audioFrame(bytes.subarray(0, 3)));
    sockets[0]?.send(audioFrame(bytes.subarray(3)));
    sockets[0]?.send(audioFrame(bytes.subarray(0, 3)));
    sockets[0]?.send(INTERRUPT);
    sockets[0]?.send(audioFrame(bytes));
    await until(() => expect(samples()).toEqual([1000, 2000, 3000, 1000, 1000, 2000, 3000]));
    await connection.close();
  });

  it('tells an interrupt from other text, and an unknown member from either', async () => {
    const { connect, sockets, events, types } = await setUp();
    const connection = await connect();
    sockets[0]?.send(INTERRUPT);
    sockets[0]?.send(Buffer.from('0a041a026869', 'hex'));
    sockets[0]?.send(Buffer.from('4a020801', 'hex'));
    await until(() => expect(types()).toEqual(['connect', 'interrupt', 'message', 'message']));
    expect(events[2]).toMatchObject({ message: { kind: 'text', text: 'hi' } });
    await connection.close();
  });

  it('takes text for a transcript when told whose it is', async () => {
    const { connect, sockets, events } = await setUp({ options: { textRole: 'assistant' } });
    const connection = await connect();
    sockets[0]?.send(Buffer.from('0a041a026869', 'hex'));
    await until(() => expect(events).toContainEqual({ type: 'transcript', role: 'assistant', text: 'hi', final: true }));
    await connection.close();
  });

  it('reports what it cannot read and goes on', async () => {
    const { connect, sockets, events, samples } = await setUp();
    const connection = await connect();
    sockets[0]?.send(Buffer.from('120b1a04', 'hex'));
    const eightBit = Buffer.from(wav([7]));
    eightBit.writeUInt16LE(8, 34);
    sockets[0]?.send(audioFrame(eightBit));
    sockets[0]?.send(audioFrame(wav([7]), 5));
    sockets[0]?.send(audioFrame(wav([7])));
    await until(() => expect(samples()).toEqual([7]));
    expect(events.flatMap((event) => (event.type === 'error' ? [event.error.reason] : []))).toEqual(['message-invalid', 'audio-invalid', 'audio-invalid']);
    await connection.close();
  });

  it('drops the rest of a reply after an interrupt of ours, until a gap or until the service begins anew', async () => {
    const clock = createManualClock();
    const { connect, sockets, samples, types } = await setUp({ clock, options: { replyGapMs: 500 } });
    const connection = await connect();
    const speak = async (value: number) => {
      sockets[0]?.send(audioFrame(wav([value])));
      sockets[0]?.send(Buffer.from('4a020801', 'hex'));
      const seen = types().filter((type) => type === 'message').length;
      await until(() => expect(types().filter((type) => type === 'message')).toHaveLength(seen + 1));
    };
    await speak(1);
    await connection.interrupt();
    await clock.advance(400);
    await speak(2);
    await clock.advance(400);
    await speak(3);
    expect(samples()).toEqual([1]);
    await clock.advance(500);
    await speak(4);
    expect(samples()).toEqual([1, 4]);
    await connection.interrupt();
    sockets[0]?.send(INTERRUPT);
    await speak(5);
    expect(samples()).toEqual([1, 4, 5]);
    await connection.close();
  });

  it('sends a picture with its size and format, at the number that was asked for', async () => {
    const { connect, received } = await setUp({ options: { vision: true, imageFieldNumber: 4 } });
    const connection = await connect();
    await connection.sendImage({ bytes: Uint8Array.of(1, 2, 3), format: 'png', width: 640, height: 480 });
    await until(() => expect(received.map((frame) => frame.toString('hex'))).toEqual(['22101a0301020322048005e0032a03706e67']));
    await expect(connection.sendImage({ bytes: new Uint8Array(), format: 'png', width: 1, height: 1 })).rejects.toMatchObject({ reason: 'message-invalid' });
    await connection.close();
    await expect(connection.sendImage({ bytes: Uint8Array.of(1), format: 'png', width: 1, height: 1 })).rejects.toMatchObject({ reason: 'connection-lost' });
  });

  it('refuses pictures without vision, and text always', async () => {
    const { connect } = await setUp();
    const connection = await connect();
    await expect(connection.sendImage({ bytes: Uint8Array.of(1), format: 'jpeg', width: 1, height: 1 })).rejects.toMatchObject({ reason: 'not-ready' });
    await expect(connection.sendText('hello')).rejects.toMatchObject({ reason: 'not-ready', retryable: false });
    await connection.close();
  });

  it.each([
    [4008, 'session-ended', false],
    [1000, 'connection-lost', true],
    [1011, 'connection-lost', true],
    [4999, 'connection-lost', true],
    [RELAY_CLOSE.ticketExpired, 'ticket-expired', true],
    [RELAY_CLOSE.messageTooLarge, 'message-too-large', false],
    [RELAY_CLOSE.upstreamUnreachable, 'avatar-unreachable', true],
    [RELAY_CLOSE.draining, 'server-draining', true],
  ])('reports a close with %i as %s, retryable %s', async (code, reason, retryable) => {
    const { connect, sockets, events } = await setUp();
    await connect();
    sockets[0]?.close(code);
    await until(() => expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason, retryable, context: { code } } }));
  });

  it('takes 4008 for retryable when told to', async () => {
    const { connect, sockets, events } = await setUp({ options: { retryableCloseCodes: [4008] } });
    await connect();
    sockets[0]?.close(4008);
    await until(() => expect(events.at(-1)).toMatchObject({ error: { reason: 'session-ended', retryable: true } }));
  });

  it('says nothing more after close, which may be called twice', async () => {
    const { connect, sockets, types } = await setUp();
    const connection = await connect();
    sockets[0]?.on('close', () => undefined);
    await Promise.all([connection.close(), connection.close()]);
    await connection.close();
    expect(types()).toEqual(['connect']);
    await expect(connection.interrupt()).rejects.toMatchObject({ reason: 'connection-lost' });
    expect(sockets[0]?.readyState).toBeGreaterThanOrEqual(NodeWebSocket.CLOSING);
  });
});
