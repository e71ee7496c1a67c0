import { createServer } from 'node:http';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener } from '../../dist/server.js';

// Our relay as it is shipped, in a process of its own. Arguments: port of the vendor, which answers discovery as well.
const vendorPort = Number(process.argv[2]);
/** @type {import('../../dist/server.js').AvatarServerOptions} */
const options = {
  secret: 'a benchmark secret that is longer than 32 bytes',
  authorize: () => ({ id: 'bench' }),
  allowedOrigins: [],
  ledger: createMemoryLedger(),
  akool: { apiKey: 'bench-key', discoveryUrl: `http://127.0.0.1:${vendorPort}`, defaultAvatarId: 'bench', allowedHosts: ['127.0.0.0/8'] },
  dve: { apiKey: 'bench-key', url: `ws://127.0.0.1:${vendorPort}/ws`, assistantId: 'bench' },
  channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
  limits: { maxConnections: 5_000, maxGrantsPerMinute: 1e6, maxGrantsPerMinuteInTotal: 1e6, maxSessionsPerSubject: 1e6, maxSessions: 1e6 },
};
const relay = createRelay(options);
const server = createServer(toNodeListener(createAvatarHandler(options)));
server.on('upgrade', (request, socket, head) => {
  if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port }));
// Garbage is no part of what a session holds.
process.on('message', () => {
  global.gc?.();
  process.send?.({ rssBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
