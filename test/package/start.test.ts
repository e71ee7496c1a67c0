import { describe, expect, it } from 'vitest';
import { startPlayground } from '../e2e/support/startPlayground.js';

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
