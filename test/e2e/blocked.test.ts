import { describe, expect, it } from 'vitest';
import { end, SILENCE, untilSpeaking, useLive } from './support/live.js';
import { readWav } from './support/signals.js';

const RATE_HZ = 16_000;

/** How many of the samples that the microphone gave have arrived in one piece, from one that is loud enough to be found. */
function arrivedWhole(heard: readonly number[], received: Int16Array): number {
  const start = heard.findIndex((sample) => Math.abs(sample) > 3000);
  const bytes = (samples: ArrayLike<number>) => Buffer.from(Int16Array.from(samples).buffer);
  const at = bytes(received).indexOf(bytes(heard.slice(start, start + 400)));
  if (start < 0 || at < 0) return 0;
  let length = 0;
  while (heard[start + length] !== undefined && heard[start + length] === received[at / 2 + length]) length++;
  return length;
}

describe('a page that is busy for 80 ms of every 180', () => {
  const live = useLive({
    server: (emulator) => ({
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it.each(['?voice=host&blocked', 'strict/?voice=host&blocked'])('is heard whole, answers, and falls silent when it is spoken to (/%s)', async (path) => {
    const { page, mine, consoleErrors } = await live.goLive(path);
    const from = path.startsWith('strict') ? `${live.site.url}/worklets/` : 'blob:';
    await expect.poll(() => page.workers().filter((worker) => worker.url().startsWith(from)).length, { timeout: 20_000 }).toBe(3);
    await untilSpeaking(page);
    await page.waitForFunction(() => Number(window.probe.state()['turnId']) > 0, null, { timeout: 40_000, polling: 20 });
    await expect.poll(() => page.evaluate(() => window.probe.level()), { timeout: 5000 }).toBeLessThan(SILENCE);
    await expect.poll(async () => (await mine())[0]?.receivedMs ?? 0, { timeout: 30_000 }).toBeGreaterThan(8000);
    const [heard, { lostAudioMs }, [voice]] = await Promise.all([page.evaluate(() => window.probe.microphoneSamples()), page.evaluate(() => window.probe.state()), mine()]);
    if (!voice) throw new Error('The emulator saw no session.');
    const received = readWav(await live.emulator.audio(voice)).samples;
    const whole = arrivedWhole(heard, received);
    console.log(`${path}: ${(whole / RATE_HZ).toFixed(2)} s in one piece of ${(heard.length / RATE_HZ).toFixed(2)} s heard, lost ${String(lostAudioMs)} ms`);
    expect(lostAudioMs).toBe(0);
    expect(whole).toBeGreaterThan(5 * RATE_HZ);
    // Nothing behind it is missing, doubled or out of order: what was heard has arrived, up to what was under way.
    expect(heard.length - whole - heard.findIndex((sample) => Math.abs(sample) > 3000)).toBeLessThan(RATE_HZ);
    await end(page);
    expect(consoleErrors).toEqual([]);
    // The socket is gone with the session.
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
  });

  it('is heard and answers by the main thread where the policy refuses the Worker', async () => {
    const { page, mine } = await live.goLive('strict/?voice=host&refused');
    await untilSpeaking(page);
    expect(page.workers().map((worker) => new URL(worker.url()).pathname).sort()).toEqual(['/worklets/mic-capture.js', '/worklets/turn-detector.js']);
    expect(await page.evaluate(() => window.probe.errors())).toEqual([]);
    expect(await mine()).toHaveLength(1);
    await end(page);
  });

  it('is heard whole by the main thread although that was blocked for three seconds', async () => {
    const { page, mine } = await live.goLive('strict/?voice=host&refused&quiet');
    await expect.poll(async () => (await mine())[0]?.receivedMs ?? 0, { timeout: 30_000 }).toBeGreaterThan(1000);
    await page.evaluate(() => window.probe.block(3_000));
    await expect.poll(async () => (await mine())[0]?.receivedMs ?? 0, { timeout: 30_000 }).toBeGreaterThan(8000);
    const [heard, { lostAudioMs }, [voice]] = await Promise.all([page.evaluate(() => window.probe.microphoneSamples()), page.evaluate(() => window.probe.state()), mine()]);
    if (!voice) throw new Error('The emulator saw no session.');
    const whole = arrivedWhole(heard, readWav(await live.emulator.audio(voice)).samples);
    console.log(`main thread, blocked for 3 s: ${(whole / RATE_HZ).toFixed(2)} s in one piece of ${(heard.length / RATE_HZ).toFixed(2)} s heard, lost ${String(lostAudioMs)} ms`);
    expect(lostAudioMs).toBe(0);
    expect(whole).toBeGreaterThan(5 * RATE_HZ);
    await end(page);
  });
});
