import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const FREE_PORTS = ['--port', '0', '--server-port', '0', '--emulator-port', '0'];

/** Runs `npm start` as a newcomer does, without opening a browser, and waits for the one address that it prints. */
export async function startPlayground() {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--ci', ...FREE_PORTS], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url) return { child, ended, url };
  }
  throw new Error('The start command ended without an address.');
}
