import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNginx } from '../../scripts/ensureNginx.mjs';
import { freePort } from '../../scripts/freePort.mjs';
import { relaySubprotocols } from '../../src/grant/relayProtocol.js';
import { childrenOf, residentBytes } from './relayProcess.js';
import { until, type Route } from './relaySessions.js';

/** A relay in a process of its own. */
export interface Contender extends Route {
  /** The process that forwards. */
  readonly pid: number;
  rssBytes(): Promise<number>;
  close(): Promise<void>;
}

export async function startOurs(vendorPort: number): Promise<Contender> {
  const { child, port, ...contender } = await startNode('relayServer.mjs', vendorPort);
  return {
    ...contender,
    port,
    path: '/relay',
    async subprotocols({ target }) {
      const wish = target === 'dve' ? { avatar: false, voice: { service: 'dve' } } : {};
      const response = await fetch(`http://127.0.0.1:${port}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) });
      const grant = (await response.json()) as { avatar?: { ticket: string }; voice?: { ticket: string } }; // our own answer
      const { ticket } = grant.avatar ?? grant.voice ?? {};
      if (ticket === undefined) throw new Error(`No session was granted: ${response.status} ${JSON.stringify(grant)}`);
      return relaySubprotocols(ticket);
    },
  };
}

export async function startPipe(vendorPort: number): Promise<Contender> {
  const { child: _child, ...contender } = await startNode('relayPipe.mjs', vendorPort);
  return { ...contender, path: '/', subprotocols: () => null };
}

async function startNode(file: string, vendorPort: number) {
  const child: ChildProcess = fork(join('bench/support', file), [String(vendorPort)], { execArgv: ['--expose-gc'] });
  const [{ port }] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${file} did not start.`)))])) as [{ port: number }]; // its own message
  return {
    child,
    port,
    pid: child.pid ?? 0,
    async rssBytes() {
      child.send('memory');
      const [{ rssBytes }] = (await once(child, 'message')) as [{ rssBytes: number }]; // its own message
      return rssBytes;
    },
    async close() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}

/** nginx with one worker, as its manual has WebSockets proxied. */
export async function startNginx(vendorPort: number): Promise<Contender> {
  const program = await ensureNginx();
  const port = await freePort(0, undefined, '127.0.0.1');
  const folder = await mkdtemp(join(tmpdir(), 'visavis-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, nginxConfig(folder, port, vendorPort));
  const child = spawn(program, ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const master = child.pid ?? 0;
  await until(() => childrenOf(master).length > 0, 'nginx did not start.');
  const [pid = 0] = childrenOf(master);
  return {
    port,
    path: '/',
    pid,
    subprotocols: () => null,
    rssBytes: async () => residentBytes(pid),
    async close() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @see https://nginx.org/en/docs/http/websocket.html */
function nginxConfig(folder: string, port: number, vendorPort: number): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ');
  return `daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid ${folder}/nginx.pid;
events { worker_connections 8192; }
http {
  access_log off;
  ${paths}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${vendorPort};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_read_timeout 1h;
    }
  }
}
`;
}
