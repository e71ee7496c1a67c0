import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { readStamp, type RelayForm } from './relayForms.js';

/** What has arrived. */
export interface Arrivals {
  messages: number;
  /** Messages whose number is not the next of their session: lost, doubled, or out of order. */
  misplaced: number;
  /** How long each took, in microseconds. */
  readonly delaysUs: number[];
}

/** The far end: takes WebSockets of whoever comes, and looks at each message that arrives. */
export interface RelayVendor {
  readonly port: number;
  readonly connections: number;
  /** Which messages will come. Begins to count anew. */
  expect(form: RelayForm): Arrivals;
  close(): Promise<void>;
}

/** Nodes that discovery shows at a time, others each time; each is taken by one session. Any address of the loopback net leads here. */
const NODES_SHOWN = 64;

export async function startRelayVendor(nowUs: () => number): Promise<RelayVendor> {
  const sockets = new Set<Duplex>();
  let form: RelayForm | null = null;
  let arrivals: Arrivals = newArrivals();
  let lastNode = 0;

  const server: Server = createServer((_request, response) => {
    const instances = Array.from({ length: NODES_SHOWN }, () => {
      lastNode = (lastNode + 1) % 60_000;
      return { ip: `127.0.${1 + (lastNode >> 8)}.${lastNode & 255}`, port: portOf(server), avatar_id: 'bench', status: 'available', healthy: true, index: 0 };
    });
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ code: 1000, msg: 'OK', data: { instances } }));
  });
  server.on('upgrade', (request, socket, head) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    sockets.add(socket);
    let rest = head;
    let expected = 0;
    socket.on('data', (chunk) => {
      if (form === null) return;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const { length } = form.frame;
      const timeUs = nowUs();
      let at = 0;
      for (let size = frameBytes(bytes, at, length); at + size <= bytes.length; at += size, size = frameBytes(bytes, at, length)) {
        if (size !== length) continue;
        const stamp = readStamp(form, bytes, at);
        if (stamp.number === 0) expected = 0;
        arrivals.messages += 1;
        if (stamp.number !== expected) arrivals.misplaced += 1;
        expected = stamp.number + 1;
        arrivals.delaysUs.push(timeUs - stamp.timeUs);
      }
      rest = bytes.subarray(at);
    });
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));

  return {
    port: portOf(server),
    get connections() {
      return sockets.size;
    },
    expect(next) {
      form = next;
      return (arrivals = newArrivals());
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How long the frame at `at` is: a message of the form, or a ping or farewell of the relay itself, which is short. */
function frameBytes(bytes: Buffer, at: number, messageBytes: number): number {
  const isControl = ((bytes[at] ?? 0) & 0x08) !== 0;
  return isControl ? 6 + ((bytes[at + 1] ?? 0) & 0x7f) : messageBytes;
}

function newArrivals(): Arrivals {
  return { messages: 0, misplaced: 0, delaysUs: [] };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // it listens on TCP
}
