import { describe, expect, it } from 'vitest';
import { bargeInOf } from './support/bargeIn.js';
import { end, untilSpeaking, useLive } from './support/live.js';

describe('who speaks over a speaking avatar', () => {
  const live = useLive({
    server: (emulator) => ({
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it.each(['?talks', '?talks&face'])('is noticed by the page itself, which lowers the sound and then cuts it off (%s)', async (query) => {
    const { page } = await live.goLive(query);
    await untilSpeaking(page);
    await page.waitForFunction(() => Number(window.probe.state()['turnId']) > 0, null, { timeout: 40_000, polling: 20 });
    await page.waitForTimeout(600);
    const recording = await page.evaluate(() => window.probe.stopRecording());
    const figures = bargeInOf(recording);
    console.log(`${query}: onset to duck ${figures.duckMs} ms, to cut ${figures.cutMs} ms, cut to silence ${figures.silenceMs} ms`);
    expect(figures.duckMs).toBeLessThan(600);
    expect(figures.cutMs).toBeLessThan(1200);
    expect(figures.silenceMs).toBeLessThan(300);
    await end(page);
  });

  it('has the turns measured', async () => {
    const { page } = await live.goLive('?voice=host&face');
    await untilSpeaking(page);
    await expect.poll(() => page.evaluate(() => window.probe.latency().last?.videoFrameMs ?? null), { timeout: 10_000 }).not.toBeNull();
    const { last } = await page.evaluate(() => window.probe.latency());
    console.log(JSON.stringify(last));
    expect(last?.replyAudioMs).toBeGreaterThan(0);
    expect(last?.heardMs).toBeGreaterThanOrEqual(last?.replyAudioMs ?? Infinity);
    expect(last?.videoFrameMs).toBeGreaterThanOrEqual(last?.heardMs ?? Infinity);
    const marks = await page.evaluate(() => performance.getEntriesByType('measure').map(({ name }) => name));
    expect(marks.some((name) => /^visavis turn \d+: reply heard$/.test(name))).toBe(true);
    await end(page);
  });
});
