import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

export interface FakeServerRoutes {
  /** Default: 404. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Default: hangs up. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Whatever stands at the other end, and answers as a test wants it. */
export async function startFakeServer({ onRequest, onUpgrade }: FakeServerRoutes): Promise<FakeServer> {
  const server = createServer(onRequest ?? ((_request, response) => response.writeHead(404).end()));
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket: Duplex, head) => {
    upgraded.add(socket);
    if (onUpgrade) onUpgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers every upgrade with this status. */
export function refuseWith(status: number): NonNullable<FakeServerRoutes['onUpgrade']> {
  return (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** Accepts every upgrade. @param subprotocol what is selected; false for none. */
export function acceptWith(onSocket: (socket: WebSocket) => void, subprotocol: string | false): NonNullable<FakeServerRoutes['onUpgrade']> {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => subprotocol });
  return (request, socket, head) => sockets.handleUpgrade(request, socket, head, onSocket);
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const { port, close } = await startFakeServer({});
  await close();
  return port;
}
