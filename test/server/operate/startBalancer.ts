import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNginx } from '../../../scripts/findNginx.mjs';
import { freePort } from '../../../scripts/freePort.mjs';

export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

const CONFIG = new URL('../../../deploy/nginx.conf', import.meta.url);

/** The balancer of the deployment, with the very configuration that it has there but for addresses and folders. */
export async function startBalancer(ports: readonly [number, number]): Promise<Balancer> {
  const program = findNginx();
  if (!program) throw new Error('This test needs nginx. `npm test` installs it where it can; else install the package "nginx-light".');
  const folder = await mkdtemp(join(tmpdir(), 'visavis-nginx-'));
  const port = await freePort(0, undefined, '127.0.0.1');
  const config = await readFile(CONFIG, 'utf8');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join('\n');
  const adapted = config
    .replace('visavis-1:7310', `127.0.0.1:${ports[0]}`)
    .replace('visavis-2:7310', `127.0.0.1:${ports[1]}`)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replace('http {', `http {\n${temporary}`);
  await writeFile(join(folder, 'nginx.conf'), adapted);
  const directives = `daemon off; master_process off; pid ${join(folder, 'nginx.pid')};`;
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', directives], { stdio: 'ignore' });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  // It says nothing when it is ready.
  while ((await fetch(url).catch(() => null)) === null) if (child.exitCode !== null) throw new Error('nginx did not start.');
  return {
    url,
    async close() {
      process.off('exit', end);
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
