import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener, type AvatarServerOptions, type ServerLogEntry } from 'visavis/server';
import { build } from 'vite';

/** Seals the tickets; no byte of it may leave the server. */
export const SITE_SECRET = 'an end-to-end secret of more than 32 bytes';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Builds the test page against the built package. */
export async function buildApp(): Promise<string> {
  const outDir = resolve('test-results/e2e-app');
  const dist = (file: string) => resolve('dist', file);
  await build({
    root: resolve('test/e2e/app'),
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4000 },
    resolve: {
      alias: [
        { find: /^visavis$/, replacement: dist('index.js') },
        { find: /^visavis\/styles\.css$/, replacement: dist('styles.css') },
        { find: /^visavis\/(\w+)$/, replacement: dist('$1.js') },
      ],
    },
  });
  return outDir;
}

export interface Site {
  readonly url: string;
  readonly logs: ServerLogEntry[];
  stop(): Promise<void>;
}

/** No blob:, no wasm, no inline script: what a page may have to live with. */
const STRICT_POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' ws:; style-src 'self' 'unsafe-inline'; media-src 'self' blob: mediastream:; img-src 'self' data:";

/**
 * Serves the page together with the session route and the relay, as an application's server would. Under `/strict/` it serves the same
 * page with a strict Content-Security-Policy, and the worklets as files.
 */
export async function startSite(folder: string, options: Partial<AvatarServerOptions>): Promise<Site> {
  const logs: ServerLogEntry[] = [];
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const all: AvatarServerOptions = {
    secret: SITE_SECRET,
    authorize: () => ({ id: 'tester' }),
    allowedOrigins: [url],
    ledger: createMemoryLedger(),
    // Every test of a file is the same visitor, and leaves without a word.
    limits: { maxSessionsPerSubject: 100 },
    log: (entry) => logs.push(entry),
    ...options,
  };
  const relay = createRelay(all);
  const api = toNodeListener(createAvatarHandler(all));
  server.on('upgrade', (request, socket, head) => {
    if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', url).pathname;
    if (path.startsWith('/api/avatar')) return void api(request, response);
    const file = path === '/' || path === '/strict/' ? 'index.html' : path.slice(1);
    const policy = path === '/strict/' || path.startsWith('/worklets/') ? { 'content-security-policy': STRICT_POLICY } : {};
    readFile(path.startsWith('/worklets/') ? join('dist', file) : join(folder, file)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...policy }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  return {
    url,
    logs,
    async stop() {
      await relay.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
