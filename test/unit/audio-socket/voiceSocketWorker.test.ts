import { afterEach, describe, expect, it, vi } from 'vitest';
import { micFrame, type MicFrame } from '../../../src/dsp/micFrame.js';
import { PCM_CHUNK_BYTES, pcmChunk } from '../../../src/dsp/pcmChunk.js';
import { openSocketServer } from '../services/openSocketServer.js';
import { openTestSocket } from './openTestSocket.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
const epochMs = () => performance.timeOrigin + performance.now();

interface SentMessage {
  readonly mid: string;
  readonly pld: { readonly audio?: string; readonly cmd?: string };
}

/** A Worker to which the ports of the other threads are led: those are played here. */
async function setUp(vendor: 'akool-streaming' | 'dve' = 'akool-streaming') {
  const server = await openSocketServer();
  const [microphone, cuts, playback] = [new MessageChannel(), new MessageChannel(), new MessageChannel()];
  const pushedMs: number[] = [];
  let clears = 0;
  const give = (port: MessagePort) => (listener: (port: MessagePort) => void) => {
    listener(port);
    return () => undefined;
  };
  const opened = await openTestSocket('worker', {
    url: server.url,
    vendor,
    bypass: {
      subscribeMicrophone: give(microphone.port2),
      subscribeCuts: give(cuts.port2),
      subscribePlayback(listener) {
        listener({ port: playback.port2, onPush: (ms) => pushedMs.push(ms), onClear: () => clears++ });
        return () => undefined;
      },
    },
  });
  cleanUps.push(
    () => server.close(),
    () => [microphone, cuts, playback].forEach(({ port1 }) => port1.close()),
    () => opened.socket.close(),
  );
  await opened.socket.opened;
  const returned: unknown[] = [];
  microphone.port1.onmessage = ({ data }: MessageEvent<unknown>) => returned.push(data);
  /** What the audio thread sends: frame n holds the sample n, 160 times. */
  const hear = (from: number, until: number) => {
    for (let sequence = from; sequence < until; sequence++) {
      const frame: MicFrame = micFrame();
      frame.counters[0] = sequence;
      frame.samples.fill(sequence);
      microphone.port1.postMessage(frame.buffer, [frame.buffer]);
    }
  };
  const sent = () => server.received.map((text) => JSON.parse(text) as SentMessage); // what our own wire wrote
  /** The frames of which samples have come, once each. */
  const heard = () => sent().flatMap(({ pld }) => [...new Int16Array(Uint8Array.from(Buffer.from(pld.audio ?? '', 'base64')).buffer)]).filter((_, i) => i % 160 === 0);
  return { ...opened, server, hear, heard, sent, returned, cutPort: cuts.port1, playback: playback.port1, pushedMs, clears: () => clears };
}

const numbers = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i);

describe('the microphone of a voice in a Worker', () => {
  it('is sent from the frame on that the page names, although it has come before the page said so', async () => {
    const { socket, hear, heard, returned } = await setUp();
    hear(0, 10);
    await vi.waitFor(() => expect(returned).toHaveLength(10));
    socket.microphone?.follow(6, true);
    hear(10, 20);
    await vi.waitFor(() => expect(heard()).toEqual(numbers(6, 20)));
    expect(returned.every((buffer) => buffer instanceof ArrayBuffer)).toBe(true);
  });

  it('is not sent while it is shut, and what came meanwhile is not sent later', async () => {
    const { socket, hear, heard, returned } = await setUp();
    socket.microphone?.follow(0, true);
    hear(0, 4);
    await vi.waitFor(() => expect(heard()).toEqual(numbers(0, 4)));
    socket.microphone?.follow(null, false);
    socket.send('{"mid":"marker","pld":{}}');
    await vi.waitFor(() => expect(heard()).toHaveLength(4));
    hear(4, 8);
    await vi.waitFor(() => expect(returned).toHaveLength(8));
    socket.microphone?.follow(8, true);
    hear(8, 12);
    await vi.waitFor(() => expect(heard()).toEqual([...numbers(0, 4), ...numbers(8, 12)]));
  });

  it('counts frames as lost that never came', async () => {
    const { socket, hear, heard, lostMs } = await setUp();
    socket.microphone?.follow(0, true);
    hear(0, 2);
    hear(7, 9);
    await vi.waitFor(() => expect(heard()).toEqual([0, 1, 7, 8]));
    socket.flushAudio();
    await vi.waitFor(() => expect(lostMs()).toBe(50));
  });

  it('knows which frames it took, so that nobody else counts them, and counts those that it did not', async () => {
    const { socket, hear, heard, server } = await setUp();
    for (let sequence = 0; sequence < 8; sequence++) socket.microphone?.follow(sequence, true);
    hear(0, 4);
    await vi.waitFor(() => expect(heard()).toEqual(numbers(0, 4)));
    server.sockets[0]?.close(1011);
    await socket.gone;
    expect(socket.microphone?.takenSequence).toBe(3);
    expect(socket.unsentAudioMs).toBe(40);
  });
});

describe('a cut that a turn detector tells the Worker', () => {
  it('interrupts at once, and is not said again when the page says the same', async () => {
    const { socket, cutPort, cuts, sent } = await setUp();
    socket.sendAudio(new Int16Array(200));
    cutPort.postMessage(epochMs());
    await vi.waitFor(() => expect(sent().map(({ pld }) => pld.cmd)).toEqual(['interrupt']));
    await vi.waitFor(() => expect(cuts).toEqual([sent()[0]?.mid]));
    // Of the reply that was cut: the page has not heard of it yet.
    socket.sendAudio(new Int16Array(640));
    expect(await socket.interrupt()).toBe(sent()[0]?.mid);
    socket.sendAudio(new Int16Array(320));
    await vi.waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]?.pld.audio).toBeDefined();
    expect(await socket.interrupt()).not.toBe(sent()[0]?.mid);
  });

  it('is old news where the page was faster', async () => {
    const { socket, cutPort, sent } = await setUp();
    const noticedAtMs = epochMs();
    const mid = await socket.interrupt();
    cutPort.postMessage(noticedAtMs);
    socket.sendAudio(new Int16Array(320));
    await vi.waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[0]?.mid).toBe(mid);
  });

  it('silences the playback without the page', async () => {
    const { server, cutPort, playback, pushedMs, clears, speech } = await setUp('dve');
    const played: unknown[] = [];
    playback.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer)) return played.push(data);
      expect(data.byteLength).toBe(PCM_CHUNK_BYTES);
      const { samples, counters, rate } = pcmChunk(data);
      played.push([rate[0], ...samples.subarray(0, counters[2])]);
      playback.postMessage(data, [data]);
    };
    const frame = Buffer.from('12081a0401000200' + '2080' + '7d', 'hex');
    frame[1] = frame.length - 2;
    server.sockets[0]?.send(frame);
    await vi.waitFor(() => expect(played).toEqual([[16_000, 1, 2]]));
    cutPort.postMessage(epochMs());
    await vi.waitFor(() => expect(played).toEqual([[16_000, 1, 2], 'clear']));
    server.sockets[0]?.send(frame);
    server.send('upstream-open');
    await vi.waitFor(() => expect(clears()).toBe(1));
    expect(pushedMs).toEqual([0.125]);
    expect(speech).toEqual([]);
  });
});

describe('a Worker that fails', () => {
  it('ends the connection like a socket that drops, says why, and is gone', async () => {
    const { socket, closes, crashes, portWorker } = await setUp();
    portWorker?.crash('Out of memory.');
    await socket.gone;
    expect(closes).toEqual([{ code: 1006, reason: '', error: expect.objectContaining({ reason: 'connection-lost', retryable: true, context: { cause: 'worker' } }) }]);
    expect(crashes()).toBe(1);
    expect(portWorker?.isTerminated).toBe(true);
    socket.send('nobody is there');
    expect(await socket.interrupt()).toBeNull();
  });
});
