import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Relay } from '../../server.js';

/** How long a client may take, in milliseconds. */
export interface FrontTimeouts {
  /** Until the last header. Default 10,000. */
  readonly headersMs?: number;
  /** Until the last byte of the body. Default 30,000. */
  readonly requestMs?: number;
  /** A connection without a request is closed after this. More than what balancers keep theirs for, or their next request would meet a closed door. Default 65,000. */
  readonly keepAliveMs?: number;
  /** How often it is looked at. Default 2,000. */
  readonly checkEveryMs?: number;
}

export interface FrontOptions {
  /** Only paths below it are ours. */
  readonly base: string;
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly relay: Pick<Relay, 'handleUpgrade'>;
  /** Relay connections of this process. */
  readonly maxConnections: number;
  /** A connection was not taken because there are too many. */
  readonly onDrop: () => void;
  readonly timeouts?: FrontTimeouts;
}

/** The HTTP server in front of handler and relay. */
export interface Front {
  readonly server: Server;
  /** From now on "not ready" is answered where balancers ask, and no connection outlives its request. */
  stopBeingReady(): void;
}

/** A ticket of about 1 KB and cookies fit well; what is larger is answered with 431. */
const MAX_HEADER_BYTES = 16_384;
/** A page has its relay sockets and keeps one connection for requests; and somebody must be able to ask how it goes when all is full. */
const CONNECTIONS_PER_RELAY = 2;
const SPARE_CONNECTIONS = 256;

/** Makes the server. It gives nobody time to hold a connection for nothing. */
export function createFront({ base, listener, relay, maxConnections, onDrop, timeouts = {} }: FrontOptions): Front {
  const { headersMs = 10_000, requestMs = 30_000, keepAliveMs = 65_000, checkEveryMs = 2_000 } = timeouts;
  let isReady = true;
  const isOurs = (url: string | undefined): boolean => url?.startsWith(`${base}/`) === true;
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs, connectionsCheckingInterval: checkEveryMs, maxHeaderSize: MAX_HEADER_BYTES },
    (request, response) => {
      if (!isReady) response.shouldKeepAlive = false;
      if (!isReady && isReadyRoute(request.url, base)) refuseReadiness(response);
      else if (isOurs(request.url)) listener(request, response);
      else response.writeHead(404).end();
    },
  );
  server.maxConnections = maxConnections * CONNECTIONS_PER_RELAY + SPARE_CONNECTIONS;
  server.on('drop', onDrop);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!isOurs(request.url) || !relay.handleUpgrade(request, socket, head)) socket.destroy();
  });
  return {
    server,
    stopBeingReady() {
      isReady = false;
      // Those that wait for a next request; it comes by another connection, and perhaps to another instance.
      server.closeIdleConnections();
    },
  };
}

function isReadyRoute(url: string | undefined, base: string): boolean {
  // Compared rather than trimmed: a pattern for slashes at the end takes quadratic time for a path of slashes alone.
  const path = url?.split('?', 1)[0];
  return path === `${base}/ready` || path === `${base}/ready/`;
}

function refuseReadiness(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store', 'retry-after': '5' }).end('{"ok":false}');
}
