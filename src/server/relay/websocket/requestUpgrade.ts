import { randomBytes } from 'node:crypto';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { acceptKey } from './acceptKey.js';
import { UpgradeError } from './UpgradeError.js';

/** Where a WebSocket is to be opened, and how. */
export interface UpgradeTarget {
  /** `ws:` or `wss:`; the certificate of the latter is verified. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  /** Whether the server may have selected that one; null for none. */
  accepts(selected: string | null): boolean;
  readonly lookup?: LookupFunction;
}

export interface UpgradedSocket {
  readonly socket: Socket;
  /** What came behind the answer already. */
  readonly head: Buffer;
}

/**
 * Opens a socket and makes a WebSocket of it. Redirects are not followed: they could lead anywhere.
 *
 * @throws {UpgradeError} when it could not be reached, refused, or answered what is no WebSocket; also on abort.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-4.1
 */
export function requestUpgrade(target: UpgradeTarget, signal: AbortSignal): Promise<UpgradedSocket> {
  return new Promise((resolve, reject) => {
    const key = randomBytes(16).toString('base64');
    let request: ClientRequest;
    try {
      request = start(target, key);
    } catch {
      return reject(new UpgradeError(null)); // The error could quote a header, and a key with it.
    }
    const abort = (): void => void request.destroy();
    // Once it is open, whoever has it closes it.
    request.on('upgrade', (response: IncomingMessage, socket: Socket, head: Buffer) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted || !isWebSocket(response, key, target)) {
        socket.destroy();
        return reject(new UpgradeError(null));
      }
      destroyOnError(socket);
      resolve({ socket, head });
    });
    request.on('response', (response) => {
      reject(new UpgradeError(response.statusCode ?? 0));
      request.destroy();
    });
    request.on('error', () => reject(new UpgradeError(null)));
    request.on('close', () => {
      signal.removeEventListener('abort', abort);
      reject(new UpgradeError(null));
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    request.end();
  });
}

function start({ url, headers, subprotocols, lookup }: UpgradeTarget, key: string): ClientRequest {
  const isSecure = url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const to = { host, port, ...(lookup && { lookup }) };
  return requestHttp({
    host,
    port,
    defaultPort: isSecure ? 443 : 80,
    path: url.pathname + url.search,
    headers: {
      ...headers,
      ...(subprotocols.length > 0 && { 'Sec-WebSocket-Protocol': subprotocols.join(',') }),
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
    },
    // In place of an agent, which would keep the sockets of refused upgrades for others.
    createConnection: () => (isSecure ? connectTls({ ...to, servername: isIP(host) === 0 ? host : '', rejectUnauthorized: true }) : connect(to)),
  });
}

/** Apart from the rest, so that the socket does not keep the request that it came from. */
function destroyOnError(socket: Socket): void {
  socket.on('error', () => socket.destroy());
}

function isWebSocket({ headers }: IncomingMessage, key: string, { accepts }: UpgradeTarget): boolean {
  if (headers.upgrade?.toLowerCase() !== 'websocket' || headers['sec-websocket-accept'] !== acceptKey(key)) return false;
  // None was asked for.
  if (headers['sec-websocket-extensions'] !== undefined) return false;
  return accepts(headers['sec-websocket-protocol'] ?? null);
}
