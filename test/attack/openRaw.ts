import { connect, type Socket } from 'node:net';
import { RELAY_SUBPROTOCOL } from '../../src/grant/relayProtocol.js';
import { ORIGIN } from '../server/serverHarness.js';
import { readFrames } from './frames.js';
import type { Target } from './startTarget.js';

/** A client that says whatever it likes. */
export interface RawPeer {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** All that came back so far. */
  bytes(): Buffer;
  /** The first answer's status; resolves with 0 when the server hangs up without one. */
  readonly status: Promise<number>;
  /** How the server closed the WebSocket, 1006 when it hung up without a word. Resolves when the connection is gone. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

const HEAD_END = '\r\n\r\n';

/** Connects to the target and sends nothing. It hangs up when it has been sent a close frame, unless told to hold on. */
export async function openRaw(target: Pick<Target, 'port' | 'witness' | 'attackers'>, { holdsOn = false } = {}): Promise<RawPeer> {
  const socket = connect(target.port, '127.0.0.1');
  target.attackers.add(socket);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  let bytes = Buffer.alloc(0);
  let resolveStatus: (status: number) => void = () => {};
  const status = new Promise<number>((resolve) => (resolveStatus = resolve));
  const headEnd = (): number => bytes.indexOf(HEAD_END);
  const closeFrame = () => (headEnd() < 0 ? undefined : readFrames(bytes.subarray(headEnd() + HEAD_END.length)).find(({ opcode }) => opcode === 8));
  socket.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    if (headEnd() >= 0) resolveStatus(Number(/^HTTP\/1\.1 (\d{3})/.exec(bytes.toString('latin1'))?.[1] ?? 0));
    if (!holdsOn && closeFrame() !== undefined) socket.end();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', () => {
      resolveStatus(0);
      target.witness.answered(bytes.toString('utf8'), bytes.toString('latin1'));
      const payload = closeFrame()?.payload;
      resolve(payload === undefined ? { code: 1006, reason: '' } : { code: payload.length < 2 ? 1005 : payload.readUInt16BE(0), reason: payload.subarray(2).toString() });
    });
  });
  return { socket, send: (data) => void socket.write(data), bytes: () => bytes, status, closed };
}

export interface HandshakeOptions {
  readonly ticket?: string;
  readonly method?: string;
  readonly path?: string;
  readonly http?: string;
  /** Replaces headers by name; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** The request that opens a relay socket, with whatever is to be wrong in it. */
export function handshake({ ticket, method = 'GET', path = '/api/avatar/relay', http = 'HTTP/1.1', headers = {} }: HandshakeOptions = {}): string {
  const all: Record<string, string | null> = {
    Host: 'app.example.com',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    Origin: ORIGIN,
    'Sec-WebSocket-Protocol': ticket === undefined ? RELAY_SUBPROTOCOL : `${RELAY_SUBPROTOCOL}, ticket.${ticket}`,
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [`${method} ${path} ${http}`, ...lines, '', ''].join('\r\n');
}
