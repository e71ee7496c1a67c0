import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8' };
const ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/**
 * A strict Content-Security-Policy: nothing inline, nothing evaluated, no `blob:` for scripts.
 *
 * @param scripts hashes of what else may run, such as an import map, which can only be inline
 */
export function strictPolicy(...scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export interface ServedPage {
  readonly origin: string;
  stop(): Promise<void>;
}

export interface ServePageOptions {
  /** The page. Asked for at each request: what it holds may be known only after its address is. */
  readonly html: () => string;
  /** By the start of the path, where the files are. The first that fits counts. */
  readonly folders: Readonly<Record<string, string>>;
  readonly policy: string;
}

/** Serves one page and its files, all of it under the policy. */
export async function servePage({ html, folders, policy }: ServePageOptions): Promise<ServedPage> {
  const server = createServer((request, response) => {
    // The URL has resolved any `..` before a file is looked for.
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answer = async () => {
      if (pathname === '/') return { body: html(), type: TYPES['.html'] };
      if (pathname === '/icon.svg') return { body: ICON, type: TYPES['.svg'] };
      const [path, folder] = Object.entries(folders).find(([start]) => pathname.startsWith(start)) ?? [];
      if (path === undefined || folder === undefined) throw new Error('There is no such folder.');
      return { body: await readFile(join(folder, pathname.slice(path.length))), type: TYPES[extname(pathname)] };
    };
    answer().then(
      ({ body, type = 'application/octet-stream' }) =>
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
