import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener, type AvatarServerOptions } from 'visavis/server';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.pcm': 'application/octet-stream' };
/** One visitor makes every visit. */
const MANY = 100_000;

/** What the server saw, milliseconds since 1970. */
export interface ServerMoment {
  readonly what: 'relay-ask' | 'relay-open';
  readonly atMs: number;
}

export interface StartSite {
  readonly url: string;
  /** Newest last; the bench empties it before each start. */
  readonly moments: ServerMoment[];
  stop(): Promise<void>;
}

/** Serves the pages as a good host does, compressed, and with names that may be kept for good; with session route and relay. */
export async function serveStartPages(folder: string, speech: Int16Array, options: Pick<AvatarServerOptions, 'akool' | 'channel'>): Promise<StartSite> {
  const files = await compressAll(folder);
  files.set('/speech.pcm', brotliCompressSync(Buffer.from(speech.buffer)));
  const moments: ServerMoment[] = [];
  const note = (what: ServerMoment['what']) => void moments.push({ what, atMs: performance.timeOrigin + performance.now() });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const all: AvatarServerOptions = {
    ...options,
    secret: 'the secret of a bench, of more than 32 bytes',
    authorize: () => ({ id: 'visitor' }),
    allowedOrigins: [url],
    ledger: createMemoryLedger(),
    limits: { maxSessionsPerSubject: MANY, maxGrantsPerMinute: MANY },
    log: ({ event }) => {
      if (event === 'relay-open') note(event);
    },
  };
  const relay = createRelay(all);
  const api = toNodeListener(createAvatarHandler(all));
  server.on('upgrade', (request, socket, head) => {
    note('relay-ask');
    if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname.startsWith('/api/avatar')) return void api(request, response);
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(path);
    if (!body) return void response.writeHead(404).end();
    const lasting = path.startsWith('/assets/');
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-encoding': 'br',
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(body);
  });
  return {
    url,
    moments,
    async stop() {
      await relay.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function compressAll(folder: string): Promise<Map<string, Buffer>> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => extname(name) !== '');
  const bodies = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  return new Map(paths.map((path, i) => [`/${path}`, brotliCompressSync(bodies[i] ?? Buffer.alloc(0))]));
}
