// A route handler cannot take a WebSocket, so the relay is a server of its own. Like the route it needs VISAVIS_SECRET and the keys.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRelay } from 'visavis/server';
import { readAvatarOptions } from './avatarOptions.mjs';

const relay = createRelay(await readAvatarOptions());
const server = createServer((_request, response) => response.writeHead(404).end());
server.on('upgrade', (request, socket, head) => {
  if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
await once(server.listen(Number(process.env.RELAY_PORT ?? 8081), 'localhost'), 'listening');
