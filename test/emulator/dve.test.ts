// Source: DVE wiki, "WebSocket protocol". The client here shares no code with the codec: its bytes are made by hand.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { postFault } from './nodeClient.js';
import { bestCorrelation, envelopeOf } from './speech.js';

const RATE_HZ = 16_000;
/** Real speech: 44 bytes of header, then s16le, mono, 16 kHz. */
const recorded = readFileSync('test/fixtures/speech-16k.wav').subarray(44);
const recording = new Int16Array(recorded.buffer.slice(recorded.byteOffset, recorded.byteOffset + (recorded.length & ~1)));

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1 });
});
afterEach(() => emulator.close());

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

const field = (number: number, bytes: Uint8Array | readonly number[]) => Buffer.from([(number << 3) | 2, ...varint(bytes.length), ...bytes]);

function audioFrame(samples: Int16Array, rateHz = RATE_HZ, channels = 1): Buffer {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return field(2, Buffer.concat([field(3, bytes), Buffer.from([0x20, ...varint(rateHz), 0x28, ...varint(channels)])]));
}

interface Received {
  readonly atMs: number;
  readonly text?: string;
  readonly samples?: Int16Array;
}

/** Walks one protobuf message: number -> bytes or value. */
function walk(bytes: Buffer): Map<number, Buffer | number> {
  const fields = new Map<number, Buffer | number>();
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(at++);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = read();
    if ((tag & 7) === 0) fields.set(tag >>> 3, read());
    else {
      const length = read();
      if (at + length > bytes.length) throw new Error('damaged');
      fields.set(tag >>> 3, bytes.subarray(at, at + length));
      at += length;
    }
  }
  return fields;
}

function parse(message: Buffer): Omit<Received, 'atMs'> {
  const [[number, body] = [0, 0]] = [...walk(message)];
  if (typeof body === 'number') throw new Error('not a message');
  const fields = walk(body);
  if (number === 1) return { text: String(fields.get(3)) };
  const wav = fields.get(3) as Buffer; // a reply without audio would fail below
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 12)).toBe('RIFFWAVE');
  expect([fields.get(4), fields.get(5)]).toEqual([RATE_HZ, 1]);
  const data = wav.subarray(44);
  return { samples: new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length)) };
}

interface OpenOptions {
  readonly query?: string;
  readonly protocols?: string[];
}

function open({ query = '?assistant_id=echo', protocols = ['proto', 'emulator-key'] }: OpenOptions = {}) {
  const socket = new WebSocket(`${emulator.dveUrl}${query}`, protocols);
  const received: Received[] = [];
  const damaged: Buffer[] = [];
  socket.on('message', (data) => {
    const message = data as Buffer; // ws gives one Buffer by default
    try {
      received.push({ atMs: performance.now(), ...parse(message) });
    } catch {
      damaged.push(message);
    }
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const spoken = () => received.flatMap(({ samples }) => (samples ? [...samples] : []));
  return { socket, received, damaged, closed, spoken };
}

/** All at once: the assistant goes by the samples, not by the clock. */
function speak(socket: WebSocket, samples: Int16Array): void {
  for (let start = 0; start < samples.length; start += 512) socket.send(audioFrame(samples.slice(start, start + 512)));
}

const silence = (durationMs: number) => new Int16Array((durationMs * RATE_HZ) / 1000);
const sentence = recording.subarray(0, 2 * RATE_HZ);
const sessions = async () => (await (await fetch(`${emulator.url}/_emulator/sessions`)).json()) as Record<string, unknown>[]; // checked by assertions

/** HTTP status of a refused upgrade. */
async function refusalOf(options: OpenOptions): Promise<number> {
  const { socket } = open(options);
  const [, response] = await once(socket, 'unexpected-response');
  socket.terminate();
  return (response as { statusCode: number }).statusCode; // an IncomingMessage
}

describe('the emulated voice socket', () => {
  it('selects proto, and refuses what lacks the key, proto or the assistant', async () => {
    const { socket } = open();
    await once(socket, 'open');
    expect(socket.protocol).toBe('proto');
    expect(await refusalOf({ protocols: ['proto', 'wrong'] })).toBe(401);
    expect(await refusalOf({ protocols: ['emulator-key'] })).toBe(401);
    expect(await refusalOf({ query: '' })).toBe(400);
    expect((await fetch(emulator.dveUrl.replace('ws:', 'http:'))).status).toBe(426);
  });

  it('repeats what it heard once the user has paused, as WAV chunks of 200 ms, faster than real time', async () => {
    const { socket, received, spoken } = open();
    await once(socket, 'open');
    speak(socket, sentence);
    speak(socket, silence(1_000));
    await vi.waitFor(() => expect(spoken().length).toBeGreaterThan(RATE_HZ), { timeout: 5_000 });
    await vi.waitFor(() => expect(received.at(-1)?.samples?.length).toBeLessThan(3_200), { timeout: 5_000 });
    expect(received[0]?.samples).toHaveLength(3_200);
    const durationMs = (spoken().length * 1000) / RATE_HZ;
    expect((received.at(-1)?.atMs ?? 0) - (received[0]?.atMs ?? 0)).toBeLessThan(durationMs / 2);
    const envelope = envelopeOf(Int16Array.from(spoken()), RATE_HZ);
    const heard = envelopeOf(Int16Array.from([...silence(1_000), ...sentence, ...silence(1_000)]), RATE_HZ);
    expect(bestCorrelation(heard, envelope)).toBeGreaterThan(0.99);
  });

  it('answers as a host with another clip each time', async () => {
    const { socket, spoken } = open({ query: '?vision=1&assistant_id=any' });
    await once(socket, 'open');
    const answers: number[][] = [];
    for (let turn = 0; turn < 2; turn++) {
      const before = spoken().length;
      speak(socket, sentence);
      speak(socket, silence(1_000));
      await vi.waitFor(() => expect(spoken().length - before).toBeGreaterThan(1.5 * RATE_HZ), { timeout: 5_000 });
      answers.push(spoken().slice(before, before + RATE_HZ));
      // The next turn begins when this one has been heard: else it would be an interrupt.
      await vi.waitFor(async () => expect((await sessions())[0]?.['speaking']).toBe(false), { timeout: 6_000, interval: 50 });
    }
    expect(answers[0]).not.toEqual(answers[1]);
    for (const answer of answers) expect(Math.max(...answer)).toBeGreaterThan(5_000);
  });

  it('falls silent with __interrupt__ when it is spoken to while it replies, also while all is sent and not yet heard', async () => {
    const { socket, received, spoken } = open();
    await once(socket, 'open');
    speak(socket, sentence);
    speak(socket, silence(1_000));
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(1), { timeout: 5_000 });
    speak(socket, sentence);
    await vi.waitFor(() => expect(received.at(-1)?.text).toBe('__interrupt__'), { timeout: 5_000 });
    const untilInterrupt = spoken().length;
    expect(untilInterrupt).toBeLessThan(1.5 * RATE_HZ);
    speak(socket, silence(1_000));
    await vi.waitFor(() => expect(spoken().length - untilInterrupt).toBeGreaterThan(RATE_HZ), { timeout: 5_000 });
    await vi.waitFor(() => expect(received.at(-1)?.samples?.length).toBeLessThan(3_200), { timeout: 5_000 });
    expect((await sessions())[0]).toMatchObject({ speaking: true, interrupts: 1 });
    speak(socket, sentence);
    await vi.waitFor(() => expect(received.filter(({ text }) => text === '__interrupt__')).toHaveLength(2));
  });

  it('says nothing to silence and to a click', async () => {
    const { socket, received } = open();
    await once(socket, 'open');
    speak(socket, silence(2_000));
    speak(socket, Int16Array.from({ length: 160 }, (_, index) => (index % 2 ? 9_000 : -9_000)));
    speak(socket, silence(1_500));
    // An answer to the next utterance proves that none came before it.
    speak(socket, sentence);
    speak(socket, silence(1_000));
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(3), { timeout: 5_000 });
    expect(received.every(({ samples }) => samples)).toBe(true);
    expect((await sessions())[0]).toMatchObject({ interrupts: 0 });
  });

  it('reports what it received, pictures too, and gives the PCM back', async () => {
    const { socket, closed } = open({ query: '?vision=1&assistant_id=host-1&character=echo' });
    await once(socket, 'open');
    const samples = Int16Array.from({ length: 1_024 }, (_, index) => index - 512);
    speak(socket, samples);
    socket.send(field(3, Buffer.concat([field(3, [1, 2, 3]), field(4, [...varint(640), ...varint(480)]), field(5, Buffer.from('png'))])));
    socket.close(1000);
    expect(await closed).toBe(1000);
    await vi.waitFor(async () => expect((await sessions())[0]).toMatchObject({ state: 'closed' }));
    expect((await sessions())[0]).toMatchObject({ vendor: 'dve', id: 'host-1', node: null, receivedMs: 64, receivedBytes: 2_048, chunks: 2, images: 1, closeCode: 1000 });
    const wav = await (await fetch(`${emulator.url}/_emulator/sessions/host-1/audio.wav`)).arrayBuffer();
    expect(new Int16Array(wav.slice(44))).toEqual(samples);
  });

  it.each<[string, (socket: WebSocket) => void]>([
    ['text', (socket) => socket.send('hello')],
    ['a damaged frame', (socket) => socket.send(Buffer.of(0x12, 0x0b, 0x1a))],
    ['audio at another rate', (socket) => socket.send(audioFrame(new Int16Array(512), 48_000))],
    ['stereo', (socket) => socket.send(audioFrame(new Int16Array(512), RATE_HZ, 2))],
  ])('closes with 1007 on %s', async (_case, send) => {
    const { socket, closed } = open();
    await once(socket, 'open');
    send(socket);
    expect(await closed).toBe(1007);
  });
});

describe('faults of the voice socket', () => {
  it('closes with 4008, cuts, and damages a frame, at once and for the voice alone', async () => {
    const first = open();
    await once(first.socket, 'open');
    expect(await postFault(emulator, { fault: 'malformed-message', vendor: 'dve' })).toMatchObject({ struck: 1 });
    await vi.waitFor(() => expect(first.damaged).toHaveLength(1));
    expect(await postFault(emulator, { fault: 'close-socket', vendor: 'akool-streaming', code: 4008 })).toMatchObject({ struck: 0 });
    expect(await postFault(emulator, { fault: 'close-socket', vendor: 'dve', code: 4008 })).toMatchObject({ struck: 1 });
    expect(await first.closed).toBe(4008);
    const second = open();
    await once(second.socket, 'open');
    expect(await postFault(emulator, { fault: 'drop-socket', session: 'echo' })).toMatchObject({ struck: 1 });
    expect(await second.closed).toBe(1006);
  });

  it('refuses the upgrade, or closes with a code', async () => {
    await postFault(emulator, { fault: 'refuse-voice' });
    expect(await refusalOf({})).toBe(503);
    await postFault(emulator, { fault: 'refuse-voice', code: 4008 });
    expect(await open().closed).toBe(4008);
  });

  it('begins a reply late', async () => {
    await postFault(emulator, { fault: 'slow-reply', delayMs: 400 });
    const { socket, received } = open();
    await once(socket, 'open');
    speak(socket, sentence);
    speak(socket, silence(1_000));
    const askedAtMs = performance.now();
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(0), { timeout: 5_000 });
    expect((received[0]?.atMs ?? 0) - askedAtMs).toBeGreaterThan(350);
  });
});
