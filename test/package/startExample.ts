import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../scripts/freePort.mjs';

/** Seals tickets; no byte of it may reach a page. */
export const EXAMPLE_SECRET = 'the examples have a secret of more than 32 bytes';

const HOST = '127.0.0.1';

export interface RunningExample {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `npm start` of an example, on free ports and without keys, and waits for the one address that it prints. */
export async function startExample(folder: string, ...args: string[]): Promise<RunningExample> {
  const [page, server] = [await freePort(0, undefined, HOST), await freePort(0, undefined, HOST)].map(String);
  const ports = { PORT: page, SERVER_PORT: server, RELAY_PORT: server };
  const child = spawn(process.execPath, ['start.mjs', ...args], {
    cwd: `examples/${folder}`,
    env: { ...process.env, ...ports, VISAVIS_SECRET: EXAMPLE_SECRET, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      // With all that it started: a build that is stopped in its middle has workers of its own.
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    }
    await exited;
  };
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    // What it says from now on is read by nobody, and must not stop it.
    child.stdout.resume();
    return { url, stop };
  }
  await stop();
  throw new Error(`The example ended without an address:\n${lines.slice(-20).join('\n')}`);
}
