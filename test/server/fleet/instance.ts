import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAvatarHandler, createRelay, toNodeListener, type AvatarServerOptions } from '../../../src/server.js';
import { connectRedisLedger } from '../../../src/server/ledger/connectRedisLedger.js';

/** What an instance is told, as JSON in its first argument. */
export interface InstanceSettings {
  readonly port: number;
  readonly redisUrl: string;
  /** All but what no JSON can hold. */
  readonly options: Omit<AvatarServerOptions, 'authorize' | 'ledger'>;
}

// A program of its own, so that it can be killed. Its parameters come from the test that started it.
const { port, redisUrl, options } = JSON.parse(process.argv[2] ?? '') as InstanceSettings;
const { ledger } = await connectRedisLedger(redisUrl);
const all: AvatarServerOptions = { ...options, ledger, authorize: (request) => ({ id: request.headers.get('x-user') ?? 'nobody in particular' }) };
const relay = createRelay(all);
const server = createServer(toNodeListener(createAvatarHandler(all)));
server.on('upgrade', (request, socket, head) => {
  if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
server.listen(port, '127.0.0.1', () => {
  const address = server.address() as AddressInfo; // A server that listens on TCP has one.
  process.stdout.write(`${JSON.stringify({ port: address.port })}\n`);
});
// Its parent is gone: a test that was ended by force leaves none behind.
process.stdin.on('end', () => process.exit(1)).resume();
