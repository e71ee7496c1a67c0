import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { RELAY_SUBPROTOCOL } from '../../../src/grant/relayProtocol.js';

/** A relay that says what a test tells it to. */
export interface SocketServer {
  readonly url: string;
  /** Text frames of the page, in order. */
  readonly received: readonly string[];
  /** Every socket that was ever let in. */
  readonly sockets: readonly ServerSocket[];
  /** Sends to the latest socket: JSON, or a text as it is. */
  send(message: unknown): void;
  close(): Promise<void>;
}

/** The browser's interface in Node; its types are its own. */
export const NodeSocket = NodeWebSocket as unknown as typeof WebSocket;

/** Opens a server on a free port. `onText` may answer at once. */
export async function openSocketServer(onText: (text: string, server: SocketServer) => void = () => undefined): Promise<SocketServer> {
  const sockets: ServerSocket[] = [];
  const received: string[] = [];
  const listening = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => RELAY_SUBPROTOCOL });
  await once(listening, 'listening');
  const server: SocketServer = {
    url: `ws://127.0.0.1:${(listening.address() as AddressInfo).port}/relay`, // it listens on TCP
    received,
    sockets,
    send: (message) => sockets.at(-1)?.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async close() {
      for (const socket of sockets) socket.terminate();
      listening.close();
      await once(listening, 'close');
    },
  };
  listening.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      received.push(String(data));
      onText(String(data), server);
    });
  });
  return server;
}
