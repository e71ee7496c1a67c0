import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { ReadableMetrics } from '../../server.js';
import { isLoopbackHost } from '../../server/akool/createHostPolicy.js';
import { authorityOf, listen } from '../listen.js';

export interface MetricsServerOptions {
  readonly metrics: ReadableMetrics;
  readonly host: string;
  readonly port: number;
  /** What must be shown as a bearer token; null for nothing, on loopback alone. */
  readonly token: string | null;
}

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Shows the metrics on a port of their own, so that the public one need not know the way.
 *
 * @throws Error with one line when the port is taken, or would be open to all.
 */
export async function startMetricsServer({ metrics, host, port, token }: MetricsServerOptions): Promise<MetricsServer> {
  if (token === null && !isLoopbackHost(host)) throw new Error('--metrics-host is not on loopback: set VISAVIS_OPERATOR_TOKEN, so that not everybody can read the metrics.');
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 2_000 }, (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end();
    if (!mayRead(request, token)) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    metrics.read().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  const url = `http://${authorityOf(host, await listen(server, port, host, '--metrics-port'))}/metrics`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function mayRead({ headers }: IncomingMessage, token: string | null): boolean {
  // Without a token the name must be this machine's: a page can point a name of its own here, and would then read along.
  if (token === null) return URL.canParse(`http://${headers.host ?? ''}`) && isLoopbackHost(new URL(`http://${headers.host ?? ''}`).hostname);
  // Of equal length and without an early end, so that the time taken tells nothing.
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
