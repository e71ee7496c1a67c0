import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis, type RedisOptions } from 'ioredis';
import { findRedis } from '../../../scripts/findRedis.mjs';
import { freePort } from '../../../scripts/freePort.mjs';

/** A Redis of this test alone, which writes nothing to disk. */
export interface TestRedis {
  readonly port: number;
  readonly url: string;
  /** A connection, closed with the server. */
  connect(options?: RedisOptions): Redis;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** It takes commands, and answers none until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Starts it again, empty, where it was. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The program in the shell's own process, killed when the third pipe breaks: also where a test is ended by force. */
const WITH_LIFELINE = '(cat <&3; kill -9 $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&-';

export async function startRedis(settings: readonly string[] = []): Promise<TestRedis> {
  const program = findRedis();
  if (!program) throw new Error('The tests of several instances need Redis. `npm test` installs it where it can; else install the package "redis-server".');
  const port = await freePort(0, undefined, '127.0.0.1');
  const folder = await mkdtemp(join(tmpdir(), 'visavis-redis-'));
  const clients = new Set<Redis>();
  let child = await launch();

  async function launch(): Promise<ChildProcess> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, ...settings];
    const started = spawn('sh', ['-c', WITH_LIFELINE, program ?? '', ...args], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    const lifeline = started.stdio[3];
    started.once('exit', () => lifeline?.destroy());
    if (started.stdout === null) throw new Error('Redis has no output.');
    const lines = createInterface({ input: started.stdout });
    let output = '';
    for await (const line of lines) {
      output += `${line}\n`;
      if (line.includes('Ready to accept connections')) {
        started.stdout?.resume();
        return started;
      }
    }
    throw new Error(`Redis did not start:\n${output}`);
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    connect(options = {}) {
      const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, ...options });
      // A test stops Redis on purpose.
      client.on('error', () => undefined);
      clients.add(client);
      return client;
    },
    kill,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async restart() {
      child = await launch();
    },
    async close() {
      for (const client of clients) client.disconnect();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
