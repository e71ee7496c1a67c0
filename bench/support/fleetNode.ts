import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';

/**
 * How a node treats a session: `refusing` has no port open; `mute` takes the connection and never answers the upgrade; `occupied` says so
 * only after the upgrade; `slow` takes two seconds; `leaving` hangs up right after the upgrade.
 */
export type FleetBehaviour = 'good' | 'refusing' | 'mute' | 'occupied' | 'slow' | 'leaving';

/** One machine of a simulated vendor: a server of its own, with one session at a time. */
export interface FleetNode {
  readonly port: number;
  readonly isOccupied: boolean;
  behave(as: FleetBehaviour): Promise<void>;
  close(): Promise<void>;
}

const SLOW_MS = 2_000;
const OCCUPIED = 4003;

/** @param setUpMs how long a good node takes to accept a session. */
export async function startFleetNode(setUpMs: number): Promise<FleetNode> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const pending = new Set<Duplex>();
  let behaviour: FleetBehaviour = 'good';
  let current: WebSocket | null = null;

  function greet(socket: WebSocket): void {
    socket.on('error', () => undefined);
    if (behaviour === 'leaving') return socket.terminate();
    if (behaviour === 'occupied' || current !== null) return socket.close(OCCUPIED, 'occupied');
    current = socket;
    socket.once('close', () => (current = null));
    socket.on('message', (data) => answer(socket, String(data)));
    socket.send(JSON.stringify({ v: 2, type: 'system', mid: 's1', pld: { status: 'websocket_connected' } }));
  }

  async function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    pending.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => pending.delete(socket));
    if (behaviour === 'mute') return;
    await delay(behaviour === 'slow' ? SLOW_MS : setUpMs);
    if (!socket.destroyed) sockets.handleUpgrade(request, socket, head, greet);
  }

  const server: Server = createServer();
  server.on('upgrade', (request, socket, head) => void onUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP

  async function stopListening(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    for (const socket of pending) socket.destroy();
    for (const socket of sockets.clients) socket.terminate();
    await closed;
  }

  return {
    port,
    get isOccupied() {
      return current !== null;
    },
    async behave(as) {
      behaviour = as;
      if (as === 'refusing') return stopListening();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: stopListening,
  };
}

function answer(socket: WebSocket, text: string): void {
  const { mid, pld } = JSON.parse(text) as { mid: string; pld: { cmd?: string; event?: string } }; // what the relay sends
  socket.send(JSON.stringify({ v: 2, type: 'ack', mid: `ack-${mid}`, pld: { original_mid: mid, status: 'success' } }));
  if (pld.cmd === 'set-params') socket.send(JSON.stringify({ v: 2, type: 'system', mid: 's2', pld: { status: 'agora_connected', channel_id: 'c' } }));
  if (pld.event === 'leave_channel') socket.close(1000);
}
