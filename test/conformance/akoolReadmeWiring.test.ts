// Source: README of the akool-streaming-avatar Python package: client, relay and emulator together, in the forms that its code never sends.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { systemClock } from '../../src/clock/clock.js';
import { startEmulator } from '../../src/emulator.js';
import { createGrantSource } from '../../src/grant/createGrantSource.js';
import { createAvatarHandler, createRelay, toNodeListener } from '../../src/server.js';
import { akoolStreaming } from '../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarServiceEvent } from '../../src/services/service.js';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it('brings the avatar into the room, has it speak and fall silent, and takes leave', async () => {
  const emulator = await startEmulator({ nodes: 1 });
  cleanUps.push(() => emulator.close());
  const options = {
    secret: 'a-secret-of-at-least-32-bytes-for-tests',
    authorize: () => ({ id: 'ada' }),
    allowedOrigins: [],
    akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'anna', messageForms: 'readme' as const },
    channel: { kind: 'loopback' as const, url: emulator.channelUrl },
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
  const service = akoolStreaming({ WebSocket: NodeWebSocket as unknown as typeof WebSocket });
  const { signal } = new AbortController();
  const grant = await createGrantSource(`http://127.0.0.1:${port}/api/avatar`).request({ purpose: 'start', previous: null, wishes: service.grantRequest, signal });
  const events: AvatarServiceEvent[] = [];
  const connection = await service.connect({
    grant,
    params: {},
    room: () => Promise.reject(new Error('no room')),
    keepLease: null,
    signal,
    clock: systemClock,
    onEvent: (event) => events.push(event),
  });
  expect(events).toContainEqual({ type: 'join', channelId: grant.channel?.channel });
  connection.sendAudio(new Int16Array(16_000).fill(1000));
  connection.flushAudio();
  await connection.interrupt();
  await expect.poll(() => connection.info().roundTripMs).not.toBeNull();
  await connection.close();
  const report = async () => ((await (await fetch(`${emulator.url}/_emulator/sessions`)).json()) as unknown[])[0]; // our own report
  await expect.poll(report).toMatchObject({ state: 'closed', closeCode: 1000, avatarId: 'anna', channel: grant.channel?.channel, receivedMs: 1000, interrupts: 1 });
  expect(events.filter(({ type }) => type === 'error' || type === 'disconnect')).toEqual([]);
});
