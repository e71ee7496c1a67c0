import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const FREE_PORTS = ['--port', '0', '--server-port', '0', '--emulator-port', '0'];

/** Starts the playground and waits for the one address that it prints. */
async function startPlayground() {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--ci', ...FREE_PORTS], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url) return { child, ended, url };
  }
  throw new Error('The start command ended without an address.');
}

const isListening = (url: string) => fetch(url).then((response) => response.ok, () => false);

describe('the start command', () => {
  it('prints the address of the live story, and frees its port when it is told to stop', async () => {
    const { child, ended, url } = await startPlayground();
    expect(url).toMatch(/\?path=\/story\/playground--live-puppet$/);
    expect(await isListening(url)).toBe(true);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await isListening(url)).toBe(false);
  });

  it('takes its programs along when it is killed and has no time to stop them', async () => {
    const { child, ended, url } = await startPlayground();
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => isListening(url), { timeout: 15_000 }).toBe(false);
  });
});
