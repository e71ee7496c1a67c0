import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Bench } from '../scripts/Bench.js';
import { timeContenders } from '../scripts/timeContenders.js';
import { startEmulator } from '../src/emulator/startEmulator.js';
import { relaySubprotocols } from '../src/grant/relayProtocol.js';
import { parseGrant } from '../src/grant/parseGrant.js';
import { createAvatarHandler, createMemoryLedger, createRelay, type AvatarServerOptions } from '../src/server.js';

const ROUND_TRIPS = 200;
/** One audio message as the client sends it: 64 ms of PCM in base64. */
const AUDIO = 'A'.repeat(2732);

const emulator = await startEmulator({ nodes: 2 });
const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
const options: AvatarServerOptions = {
  secret: 'a benchmark secret that is longer than 32 bytes',
  authorize: () => ({ id: 'bench' }),
  allowedOrigins: [origin],
  ledger: createMemoryLedger(),
  akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'bench' },
  channel: { kind: 'loopback', url: emulator.channelUrl },
  limits: { maxMessagesPerSecond: 1e6 },
};
const relay = createRelay(options);
server.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head));
const handler = createAvatarHandler(options);
const response = await handler(new Request(`${origin}/session`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: '{}' }));
const grant = parseGrant(await response.json());
if (grant.avatar?.service !== 'akool-streaming') throw new Error('no avatar in the grant');

const instances = (await (await fetch(emulator.discoveryUrl, { headers: { api_key: emulator.apiKey } })).json()) as { data: { instances: { ip: string; port: number }[] } }; // the emulator's own answer
const relayed = await open(new WebSocket(grant.avatar.url, relaySubprotocols(grant.avatar.ticket), { origin }));
const free = instances.data.instances;
const direct = await openFirst(free.map(({ ip, port }) => `ws://${ip}:${port}/streamingAvatar/ws/v1?session_id=direct&avatar_id=bench`));

async function open(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'message'); // websocket_connected
  return socket;
}

/** The relay holds one of the nodes: take whichever lets us in. */
async function openFirst(urls: readonly string[]): Promise<WebSocket> {
  for (const url of urls) {
    const socket = new WebSocket(url, { headers: { api_key: emulator.apiKey } });
    const [data] = (await Promise.race([once(socket, 'message'), once(socket, 'close')])) as [unknown]; // a message, or a close code
    if (typeof data !== 'number') return socket;
  }
  throw new Error('no node is free');
}

/** Sends an audio message and a ping behind it, and waits for the pong. */
async function roundTrips(socket: WebSocket): Promise<void> {
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const pong = new Promise<void>((resolve) => {
      const listener = (data: unknown) => {
        if (!String(data).includes('"pong"')) return;
        socket.off('message', listener);
        resolve();
      };
      socket.on('message', listener);
    });
    socket.send(JSON.stringify({ v: 2, type: 'chat', mid: `audio-${i}`, pld: { audio: AUDIO } }));
    socket.send(JSON.stringify({ v: 2, type: 'ping', mid: `ping-${i}`, pld: {} }));
    await pong;
  }
}

export default {
  title: `${ROUND_TRIPS} round trips of 64 ms of speech and a ping behind it; each trip has a whole message interval of 64 ms`,
  async *run() {
    try {
      const timesMs = await timeContenders({ relayed: () => roundTrips(relayed), direct: () => roundTrips(direct) });
      yield {
        case: 'through the relay',
        ours: timesMs.relayed / ROUND_TRIPS,
        peer: timesMs.direct / ROUND_TRIPS,
        unit: 'ms/round trip',
        note: 'peer: straight to the node',
      };
    } finally {
      relayed.terminate();
      direct.terminate();
      await relay.close();
      server.close();
      await emulator.close();
    }
  },
} satisfies Bench;
