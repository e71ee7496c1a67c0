import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { frameText } from './frameText.js';

/** What the fake node got and can do on one socket. */
export interface VendorSocket {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly received: string[];
}

/** A small vendor of one discovery and one node, as strict about its key as the real one. */
export interface FakeVendor {
  readonly port: number;
  readonly discoveryUrl: string;
  readonly apiKey: string;
  /** Discovery's answer; replace to play a fault. */
  discovery: () => { status: number; body: unknown; location?: string } | 'hang';
  readonly discoveryRequests: { url: string; headers: IncomingMessage['headers'] }[];
  readonly sockets: VendorSocket[];
  /** Runs for each new socket, before anything is read from it. */
  onSocket: (socket: VendorSocket) => void;
  /** Runs for each message. Default: acks commands and leave, answers ping. */
  onMessage: (socket: VendorSocket, text: string) => void;
  /** Answers upgrades with this HTTP status instead. */
  upgradeStatus: number | null;
  /** Leaves upgrades unanswered. */
  holdUpgrades: boolean;
  /** Upgrades that wait for an answer and whose asker is still there. */
  readonly heldUpgrades: number;
  /** Answers the upgrades that wait, and those to come. */
  releaseUpgrades(): void;
  close(): Promise<void>;
}

export async function startFakeVendor(apiKey = 'vendor-key-7f3a91'): Promise<FakeVendor> {
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const http: Server = createServer((request, response) => {
    vendor.discoveryRequests.push({ url: request.url ?? '', headers: request.headers });
    const answer = request.headers['api_key'] === apiKey ? vendor.discovery() : { status: 401, body: { code: 4001 }, location: undefined };
    if (answer === 'hang') return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...(answer.location === undefined ? {} : { location: answer.location }) });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  const held = new Map<Duplex, () => void>();
  http.on('upgrade', (request, socket, head) => {
    if (vendor.holdUpgrades) {
      held.set(socket, () => http.emit('upgrade', request, socket, head));
      socket.on('error', () => {});
      socket.on('end', () => socket.destroy());
      socket.on('close', () => held.delete(socket));
      socket.resume();
      return;
    }
    if (vendor.upgradeStatus !== null) return void socket.end(`HTTP/1.1 ${vendor.upgradeStatus} No\r\nContent-Length: 0\r\n\r\n`);
    wss.handleUpgrade(request, socket, head, (ws) => {
      const entry: VendorSocket = { socket: ws, request, received: [] };
      vendor.sockets.push(entry);
      vendor.onSocket(entry);
      ws.on('error', () => {});
      ws.on('message', (data) => {
        const text = frameText(data);
        entry.received.push(text);
        vendor.onMessage(entry, text);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // A server that listens on TCP has one.

  const vendor: FakeVendor = {
    port,
    discoveryUrl: `http://127.0.0.1:${port}/ignored/path?ignored=1`,
    apiKey,
    discovery: () => ({ status: 200, body: { code: 1000, msg: 'OK', data: { instances: [instance(port)] } } }),
    discoveryRequests: [],
    sockets: [],
    onSocket: ({ socket }) => socket.send(JSON.stringify({ v: 2, type: 'system', mid: 's1', pld: { status: 'websocket_connected' } })),
    onMessage: answer,
    upgradeStatus: null,
    holdUpgrades: false,
    get heldUpgrades() {
      return held.size;
    },
    releaseUpgrades() {
      vendor.holdUpgrades = false;
      const waiting = [...held.values()];
      held.clear();
      for (const release of waiting) release();
    },
    async close() {
      for (const client of wss.clients) client.terminate();
      for (const socket of held.keys()) socket.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return vendor;
}

export function instance(port: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ip: '127.0.0.1', port, avatar_id: 'ava', status: 'available', healthy: true, index: 0, ...more };
}

function answer({ socket }: VendorSocket, text: string): void {
  const message = JSON.parse(text) as { type: string; mid?: string; pld?: { cmd?: string; event?: string } }; // Test input.
  if (message.type === 'ping') return socket.send(JSON.stringify({ v: 2, type: 'pong', mid: message.mid, pld: {} }));
  if (message.type === 'chat') return;
  socket.send(JSON.stringify({ v: 2, type: 'ack', mid: 'a', pld: { original_mid: message.mid, status: 'success' } }));
  if (message.pld?.cmd === 'set-params')
    socket.send(JSON.stringify({ v: 2, type: 'system', mid: 's2', pld: { status: 'agora_connected', channel_id: 'c' } }));
  if (message.pld?.event === 'leave_channel') socket.close(1000);
}
