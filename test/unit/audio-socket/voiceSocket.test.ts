import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VoiceSocket } from '../../../src/audio-socket/VoiceSocket.js';
import { NodeSocket, openSocketServer } from '../services/openSocketServer.js';
import { openTestSocket } from './openTestSocket.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startServer() {
  const server = await openSocketServer();
  cleanUps.push(() => server.close());
  return server;
}

interface SentMessage {
  readonly type: string;
  readonly mid: string;
  readonly pld: { readonly audio?: string };
}
const parsed = (texts: readonly string[]) => texts.map((text) => JSON.parse(text) as SentMessage); // what our own wire wrote
const audioOf = (texts: readonly string[]) => parsed(texts).flatMap(({ pld }) => [...new Int16Array(Uint8Array.from(Buffer.from(pld.audio ?? '', 'base64')).buffer)]);
const numbered = (length: number) => Int16Array.from({ length }, (_, i) => i - length / 2);

/** Member 2 with bytes=3, sample_rate=4, num_channels=5; written by hand. */
function speechFrame(samples: readonly number[]): Buffer {
  const audio = Buffer.from(Int16Array.from(samples).buffer);
  const body = Buffer.concat([Buffer.of(0x1a, audio.length), audio, Buffer.of(0x20, 0x80, 0x7d, 0x28, 1)]);
  return Buffer.concat([Buffer.of(0x12, body.length), body]);
}
const INTERRUPT = Buffer.from('0a0f1a0d5f5f696e746572727570745f5f', 'hex');

describe.each<[VoiceSocket['runsIn']]>([['main-thread'], ['worker']])('a voice socket on the %s', (runsIn) => {
  const open = async (options: Parameters<typeof openTestSocket>[1]) => {
    const opened = await openTestSocket(runsIn, options);
    cleanUps.push(() => opened.socket.close());
    await opened.socket.opened;
    return opened;
  };

  it('tells what it drops of speech to whoever speaks, and not as a loss of the user’s voice', async () => {
    let bufferedBytes = 0;
    class CongestedSocket extends NodeSocket {
      override get bufferedAmount() {
        return bufferedBytes;
      }
    }
    const server = await startServer();
    const { socket, lostMs } = await open({ url: server.url, WebSocket: CongestedSocket });
    expect(socket.sendSpeech(numbered(320)) + (await socket.settleSpeech())).toBe(0);
    bufferedBytes = 1e6;
    expect(socket.sendSpeech(numbered(640)) + socket.sendSpeech(numbered(320)) + (await socket.settleSpeech())).toBe(60);
    expect(await socket.settleSpeech()).toBe(0);
    bufferedBytes = 0;
    expect(socket.sendSpeech(numbered(320)) + (await socket.settleSpeech())).toBe(0);
    await vi.waitFor(() => expect(server.received).toHaveLength(2));
    const closed = socket.settleSpeech();
    socket.close();
    expect(await closed).toBe(0);
    await socket.gone;
    expect(await socket.settleSpeech()).toBe(0);
    expect(lostMs()).toBe(0);
  });

  it('sends every sample once and in order, each message under a name of its own', async () => {
    const server = await startServer();
    const { socket } = await open({ url: server.url });
    const samples = numbered(5000);
    for (let start = 0; start < samples.length; start += 160) socket.sendAudio(samples.subarray(start, start + 160));
    socket.flushAudio();
    socket.send('{"type":"last","mid":"m","pld":{}}');
    await vi.waitFor(() => expect(server.received.at(-1)).toContain('last'));
    expect(audioOf(server.received)).toEqual([...samples]);
    expect(new Set(parsed(server.received).map(({ mid }) => mid)).size).toBe(server.received.length);
    await vi.waitFor(() => expect(socket.sentAudioMs).toBe(312.5));
  });

  it('brings messages in order', async () => {
    const server = await startServer();
    const { messages } = await open({ url: server.url });
    for (let i = 0; i < 50; i++) server.send({ number: i });
    await vi.waitFor(() => expect(messages).toHaveLength(50));
    expect(messages).toEqual(Array.from({ length: 50 }, (_, number) => JSON.stringify({ number })));
  });

  it('drops what is not sent when it is interrupted, and names the message that said so', async () => {
    const server = await startServer();
    const { socket } = await open({ url: server.url });
    socket.sendAudio(numbered(500));
    const mid = await socket.interrupt();
    await vi.waitFor(() => expect(parsed(server.received).at(-1)).toMatchObject({ mid, pld: { cmd: 'interrupt' } }));
    expect(audioOf(server.received)).toHaveLength(320);
  });

  it.each([4008, 4001, 1011])('tells close code %i and its reason as they came, once', async (code) => {
    const server = await startServer();
    const { socket, closes, portWorker } = await open({ url: server.url });
    socket.sendAudio(numbered(160));
    server.sockets[0]?.close(code, 'because');
    await socket.gone;
    expect(closes).toEqual([{ code, reason: 'because' }]);
    expect(socket.unsentAudioMs).toBe(10);
    if (portWorker) expect(portWorker.isTerminated).toBe(true);
    socket.close();
    expect(closes).toHaveLength(1);
  });

  it('says nothing more after it was closed, but that it is closed', async () => {
    const server = await startServer();
    const { socket, closes, messages } = await open({ url: server.url });
    socket.close();
    socket.close();
    server.send({ late: true });
    await socket.gone;
    expect(closes).toEqual([expect.objectContaining({ code: 1000 })]);
    expect(messages).toEqual([]);
  });

  it('unpacks speech, and drops the rest of a reply that was interrupted', async () => {
    const server = await startServer();
    const { socket, speech, interrupts, messages } = await open({ url: server.url, vendor: 'dve' });
    const vendor = server.sockets[0];
    vendor?.send(speechFrame([1, 2, 3]));
    vendor?.send(speechFrame([4, 5]));
    await vi.waitFor(() => expect(speech).toEqual([1, 2, 3, 4, 5]));
    expect(await socket.interrupt()).toBeNull();
    vendor?.send(speechFrame([6]));
    vendor?.send(INTERRUPT);
    vendor?.send(speechFrame([7]));
    vendor?.send('upstream-open');
    await vi.waitFor(() => expect(messages).toEqual(['upstream-open']));
    expect(speech).toEqual([1, 2, 3, 4, 5, 7]);
    expect(interrupts).toEqual([false]);
  });

  it('says what cannot be played, and goes on', async () => {
    const server = await startServer();
    const { errors, speech } = await open({ url: server.url, vendor: 'dve' });
    // 300 Hz.
    server.sockets[0]?.send(Buffer.of(0x12, 7, 0x1a, 2, 1, 0, 0x20, 0xac, 0x02));
    server.sockets[0]?.send(speechFrame([9]));
    await vi.waitFor(() => expect(speech).toEqual([9]));
    expect(errors.map(({ reason, retryable }) => [reason, retryable])).toEqual([['audio-invalid', false]]);
  });

  it('counts what it drops while the network cannot keep up', async () => {
    const server = await startServer();
    class FullSocket extends NodeSocket {
      override get bufferedAmount() {
        return 1_000_000;
      }
    }
    const { socket, lostMs } = await open({ url: server.url, WebSocket: FullSocket });
    const atOnceMs = socket.sendAudio(numbered(640));
    socket.flushAudio();
    await vi.waitFor(() => expect(lostMs() + atOnceMs).toBe(40));
    expect(server.received).toEqual([]);
  });

  it('refuses an address that the platform refuses', async () => {
    await expect(openTestSocket(runsIn, { url: 'not an address' })).rejects.toMatchObject({ reason: 'grant-invalid' });
  });
});
