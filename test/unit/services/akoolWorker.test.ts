import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';
import { createAkoolWire } from '../../../src/services/akool-streaming/createAkoolWire.js';
import { akoolStreaming } from '../../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarServiceEvent } from '../../../src/services/service.js';
import { createPortWorker, type PortWorker } from '../audio-socket/createPortWorker.js';
import { NodeSocket, openSocketServer } from './openSocketServer.js';
import { ack, joined, type Received } from './startScriptedAvatar.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  vi.unstubAllGlobals();
});

/** A connection of the service itself, whose Workers are channels. */
async function setUp() {
  const workers: PortWorker[] = [];
  let areScriptsRefused = false;
  vi.stubGlobal('WebSocket', NodeSocket);
  vi.stubGlobal('Worker', function FakeWorker() {
    const portWorker = createPortWorker(createAkoolWire);
    workers.push(portWorker);
    if (areScriptsRefused) queueMicrotask(() => portWorker.crash('Refused by the policy.'));
    return portWorker.worker;
  });
  const server = await openSocketServer((text, { send }) => {
    const message = JSON.parse(text) as Received; // our own client wrote it
    if (message.type === 'ping') send({ v: 2, type: 'pong', mid: message.mid, pld: {} });
    if (message.type === 'ping') send({ v: 2, type: 'system', mid: 'w', pld: { status: 'websocket_connected' } });
    if (message.type === 'command' || message.type === 'event') send(ack(message));
    if (message.pld.cmd === 'set-params') send(joined);
  });
  const { port1: detector, port2 } = new MessageChannel();
  const events: AvatarServiceEvent[] = [];
  const avatar = { service: 'akool-streaming', avatarId: 'anna', url: server.url, ticket: 't', ticketExpiresAt: 4e12 } as const;
  const service = akoolStreaming({ workerUrl: '/worklets/voice-socket.js', ackTimeoutMs: 500 });
  const connect = () =>
    service.connect({
      grant: { version: 1, sessionId: 's', expiresAt: 4e12, avatar },
      params: {},
      room: () => Promise.reject(new Error('no room')),
      keepLease: null,
      signal: new AbortController().signal,
      clock: systemClock,
      bypass: {
        subscribeMicrophone: null,
        subscribeCuts(listener) {
          listener(port2);
          return () => undefined;
        },
        subscribePlayback: null,
      },
      onEvent: (event) => events.push(event),
    });
  cleanUps.push(() => server.close(), () => detector.close());
  const sent = () => server.received.map((text) => JSON.parse(text) as Received); // our own client wrote it
  const refuseScripts = () => {
    areScriptsRefused = true;
  };
  return { connect, detector, events, workers, sent, refuseScripts };
}

it('talks through a Worker as it does by itself, and leaves nothing behind', async () => {
  const { connect, workers, sent } = await setUp();
  const connection = await connect();
  connection.sendAudio(new Int16Array(1024));
  await connection.interrupt();
  await connection.setParams({ voiceId: 'v2' });
  expect(sent().map(({ type, pld }) => pld.cmd ?? type)).toEqual(['ping', 'set-params', 'chat', 'interrupt', 'set-params']);
  expect(new Set(sent().map(({ mid }) => mid)).size).toBe(5);
  await connection.close();
  expect(sent().at(-1)?.pld.event).toBe('leave_channel');
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

it('has a cut acknowledged although the vendor was faster than the page', async () => {
  const { connect, detector, events, sent } = await setUp();
  const connection = await connect();
  detector.postMessage(performance.timeOrigin + performance.now());
  // The acknowledgement has come, and the page has not interrupted yet.
  await vi.waitFor(() => expect(events.filter(({ type }) => type === 'message').map((event) => event.type === 'message' && JSON.stringify(event.message)).at(-1)).toContain('cmd-interrupt'));
  await connection.interrupt();
  expect(sent().filter(({ pld }) => pld.cmd === 'interrupt')).toHaveLength(1);
  await connection.close();
});

it('connects by itself where the script of its Worker is refused', async () => {
  const { connect, events, workers, refuseScripts } = await setUp();
  refuseScripts();
  const connection = await connect();
  expect(workers).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'disconnect' || type === 'error')).toEqual([]);
  await connection.interrupt();
  await connection.close();
});

it('is lost when its Worker fails, says so once, and is made anew on the main thread', async () => {
  const { connect, events, workers, sent } = await setUp();
  const connection = await connect();
  workers[0]?.crash('Out of memory.');
  expect(events.filter(({ type }) => type === 'disconnect' || type === 'error')).toEqual([
    expect.objectContaining({ type: 'disconnect', error: expect.objectContaining({ reason: 'connection-lost', retryable: true }) }),
  ]);
  await expect(connection.interrupt()).rejects.toMatchObject({ reason: 'connection-lost' });
  const again = await connect();
  expect(workers).toHaveLength(1);
  again.sendAudio(new Int16Array(1024));
  await vi.waitFor(() => expect(sent().at(-1)?.type).toBe('chat'));
  await again.close();
});
