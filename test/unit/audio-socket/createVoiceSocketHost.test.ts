import { afterEach, expect, it, vi } from 'vitest';
import type { AudioBypass } from '../../../src/audio/AudioBypass.js';
import { createVoiceSocketHost } from '../../../src/audio-socket/createVoiceSocketHost.js';
import type { VoiceSocket, VoiceSocketEvents } from '../../../src/audio-socket/VoiceSocket.js';
import { createAkoolWire } from '../../../src/services/akool-streaming/createAkoolWire.js';
import { NodeSocket, openSocketServer } from '../services/openSocketServer.js';
import { createPortWorker, type PortWorker } from './createPortWorker.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  vi.unstubAllGlobals();
});

const BYPASS: AudioBypass = { subscribeMicrophone: null, subscribeCuts: null, subscribePlayback: null };

async function setUp() {
  const server = await openSocketServer();
  cleanUps.push(() => server.close());
  vi.stubGlobal('WebSocket', NodeSocket);
  const host = createVoiceSocketHost({ workerUrl: '/worklets/voice-socket.js', loadSource: async () => '' });
  const closeReasons: string[] = [];
  const events: VoiceSocketEvents = {
    onMessage: () => undefined,
    onSpeech: () => undefined,
    onSpeechPass: () => undefined,
    onSpeechClear: () => undefined,
    onInterrupt: () => undefined,
    onCut: () => undefined,
    onError: () => undefined,
    onLose: () => undefined,
    onClose: ({ error }) => closeReasons.push(error?.reason ?? 'none'),
  };
  const settings = { admission: { url: server.url, ticket: 't' }, wire: {}, chunkDurationMs: 20, maxQueuedMs: 2000, fillSilence: false };
  const open = async (bypass: AudioBypass | null = BYPASS): Promise<VoiceSocket> => {
    const socket = await host.open({ settings, createWire: createAkoolWire, events }, bypass);
    cleanUps.push(() => socket.close());
    return socket;
  };
  return { open, closeReasons };
}

/** A platform whose Workers are these. */
function useWorkers(make: () => PortWorker): PortWorker[] {
  const made: PortWorker[] = [];
  vi.stubGlobal('Worker', function FakeWorker() {
    const portWorker = make();
    made.push(portWorker);
    return portWorker.worker;
  });
  return made;
}

it('opens the socket in a Worker where there are ways past the page, and else on the main thread', async () => {
  useWorkers(() => createPortWorker(createAkoolWire));
  const { open } = await setUp();
  expect((await open()).runsIn).toBe('worker');
  expect((await open(null)).runsIn).toBe('main-thread');
});

it('opens it on the main thread where the platform has no Worker', async () => {
  const { open } = await setUp();
  vi.stubGlobal('Worker', undefined);
  expect((await open()).runsIn).toBe('main-thread');
});

it('asks a page that may make no Worker once', async () => {
  let tries = 0;
  const { open } = await setUp();
  useWorkers(() => {
    tries++;
    throw new DOMException('Refused.', 'SecurityError');
  });
  expect((await open()).runsIn).toBe('main-thread');
  expect((await open()).runsIn).toBe('main-thread');
  expect(tries).toBe(1);
});

it('opens it on the main thread where the script is refused, which is no loss of a connection', async () => {
  const { open, closeReasons } = await setUp();
  useWorkers(() => {
    const made = createPortWorker(createAkoolWire);
    queueMicrotask(() => made.crash('Refused by the policy.'));
    return made;
  });
  const socket = await open();
  expect(socket.runsIn).toBe('main-thread');
  await socket.opened;
  expect(closeReasons).toEqual([]);
});

it('makes no Worker again after one has failed', async () => {
  const made = useWorkers(() => createPortWorker(createAkoolWire));
  const { open, closeReasons } = await setUp();
  const first = await open();
  await first.opened;
  made[0]?.crash('Out of memory.');
  await first.gone;
  expect(closeReasons).toEqual(['connection-lost']);
  expect((await open()).runsIn).toBe('main-thread');
  expect(made).toHaveLength(1);
});
