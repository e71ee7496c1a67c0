import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { InstanceSettings } from './instance.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface BuiltInstance {
  start(settings: Omit<InstanceSettings, 'port'>): Promise<Instance>;
  remove(): Promise<void>;
}

/** A server in a process of its own. */
export interface Instance {
  /** The same after a restart. */
  readonly port: number;
  /** As a crash would: nothing is seen to its end. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Makes a program of an instance. Within the package, so that it finds what it imports. */
export async function buildInstance(): Promise<BuiltInstance> {
  const folder = await mkdtemp(join(ROOT, 'node_modules/.visavis-instance-'));
  const bundle = await rolldown({ input: join(ROOT, 'test/server/fleet/instance.ts'), platform: 'node', external: /^(?![./])/ });
  await bundle.write({ dir: folder, format: 'es', entryFileNames: 'instance.mjs', chunkFileNames: '[name]-[hash].mjs' });
  await bundle.close();

  async function launch(settings: InstanceSettings): Promise<{ child: ChildProcess; port: number }> {
    const child = spawn(process.execPath, [join(folder, 'instance.mjs'), JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const ready = once(createInterface({ input: child.stdout }), 'line');
    const [line] = await Promise.race([ready, exited.then(() => Promise.reject(new Error('An instance did not start.')))]);
    const { port } = JSON.parse(String(line)) as { port: number }; // A program of this folder wrote it.
    return { child, port };
  }

  return {
    async start(settings) {
      let { child, port } = await launch({ ...settings, port: 0 });
      return {
        port,
        async kill() {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const exited = once(child, 'exit');
          child.kill('SIGKILL');
          await exited;
        },
        async restart() {
          ({ child, port } = await launch({ ...settings, port }));
        },
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
