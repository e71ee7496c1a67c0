import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** A voice service that lets in whoever shows its key, and notes what it is sent. */
export interface FakeVoice {
  readonly apiKey: string;
  readonly url: string;
  readonly sockets: WebSocket[];
  readonly received: Buffer[];
  close(): Promise<void>;
}

export async function startFakeVoice(apiKey = 'dve-key-52b8e0c7'): Promise<FakeVoice> {
  const sockets: WebSocket[] = [];
  const received: Buffer[] = [];
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: () => 'proto' });
  const http = createServer();
  http.on('upgrade', (request, stream, head) => {
    if (!request.headers['sec-websocket-protocol']?.includes(apiKey)) return void stream.end('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n');
    wss.handleUpgrade(request, stream, head, (socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('message', (data) => received.push(data as Buffer)); // ws gives one Buffer by default.
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // A server that listens on TCP has one.
  return {
    apiKey,
    url: `ws://127.0.0.1:${port}/ws`,
    sockets,
    received,
    async close() {
      for (const socket of wss.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
