import { describe, expect, it } from 'vitest';
import { AUDIBLE, end, SILENCE, untilSpeaking, useLive } from '../e2e/support/live.js';
import { ENGINE } from '../e2e/support/openEngine.js';
import { waitForStatus } from '../e2e/support/openPage.js';
import { correlation, envelope, findOffset, readWav, readWavFile } from '../e2e/support/signals.js';
import { SPEECH_FILE } from '../e2e/support/speechFile.js';

const RATE_HZ = 16_000;
const source = readWavFile(SPEECH_FILE).samples;
/** WebKitGTK as Debian builds it has no WebRTC. */
const HAS_CHANNEL = ENGINE !== 'webkit';

/**
 * What an application lives by, in each engine: with a real device for a microphone where the engine allows it. No assertion depends on
 * how busy the machine is; those that do are in puppet.test.ts and test/e2e.
 */
describe(`live in ${ENGINE}`, () => {
  const live = useLive({
    server: (emulator) => ({
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
      dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  /** How well the clearest 200 ms of what a node received fit the speech, and how many samples it received. */
  async function likeness(session: Parameters<typeof live.emulator.audio>[0]) {
    const received = readWav(await live.emulator.audio(session)).samples;
    const levels = envelope(received, RATE_HZ / 5);
    const loudest = [...levels.keys()].sort((a, b) => (levels[b] ?? 0) - (levels[a] ?? 0)).slice(0, 12);
    const scores = loudest.map((index) => findOffset(source, received.subarray((index * RATE_HZ) / 5, ((index + 1) * RATE_HZ) / 5)).score);
    return { samples: received.length, score: Math.max(...scores) };
  }

  it.runIf(HAS_CHANNEL)('puppet: speech goes in, the face moves to it and its voice comes out', async () => {
    const loudspeaker = live.listen();
    const { page, mine, consoleErrors } = await live.goLive();
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await untilSpeaking(page);
    if (loudspeaker) await expect.poll(loudspeaker.level, { timeout: 20_000 }).toBeGreaterThan(AUDIBLE);
    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    await expect.poll(async () => (await likeness(node)).samples, { timeout: 30_000, interval: 500 }).toBeGreaterThan(3 * RATE_HZ);
    await expect.poll(async () => (await likeness(node)).score, { timeout: 15_000, interval: 500 }).toBeGreaterThan(0.95);
    const seen = await page.evaluate(() => {
      const { mouth, sound } = window.probe.stopRecording();
      return { pictures: mouth.values.length, closed: Math.min(...mouth.values), open: Math.max(...mouth.values), loudest: Math.max(...sound.values) };
    });
    console.log(`${ENGINE}: ${JSON.stringify({ ...(await likeness(node)), ...seen })}`);
    expect(seen.pictures).toBeGreaterThan(10);
    expect(seen.open).toBeGreaterThan(seen.closed + 20);
    expect(seen.loudest).toBeGreaterThan(AUDIBLE);
    await end(page);
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
    expect(consoleErrors).toEqual([]);
  });

  it.runIf(HAS_CHANNEL)('puppet: an interrupt silences it', async () => {
    const loudspeaker = live.listen();
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    await page.evaluate(() => window.probe.setMuted(true));
    await page.evaluate(() => window.probe.interrupt());
    await page.waitForFunction((silence) => window.probe.level() < silence, SILENCE, { timeout: 10_000 });
    if (loudspeaker) await expect.poll(loudspeaker.level, { timeout: 20_000 }).toBeLessThan(SILENCE);
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', turnId: 1 });
    expect((await mine())[0]?.interrupts).toBe(1);
    await end(page);
  });

  it.runIf(HAS_CHANNEL)('puppet: it goes on with another node when its socket is cut', async () => {
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    const [first] = await mine();
    await live.emulator.fault({ fault: 'drop-socket', node: first?.node });
    await page.waitForFunction(() => window.probe.state()['recoveries'] === 1);
    await waitForStatus(page, 'live');
    await untilSpeaking(page);
    expect((await mine()).length).toBe(2);
    await end(page);
  });

  it.runIf(HAS_CHANNEL)('driven: it says what the application gives it, sample for sample', async () => {
    const { page, mine } = await live.goLive('?input=none');
    const words = source.subarray(3.1 * RATE_HZ, 5.1 * RATE_HZ);
    expect(await page.evaluate(([samples, rateHz]) => window.probe.speak(samples, rateHz), [[...words], RATE_HZ] as const)).toEqual({ interrupted: false, sentMs: 2000 });
    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    await expect.poll(async () => readWav(await live.emulator.audio(node)).samples.length).toBe(words.length);
    expect(correlation(readWav(await live.emulator.audio(node)).samples, words)).toBe(1);
    await end(page);
  });

  it('voice only: it hears the speech and answers from the page, and an interrupt silences it', async () => {
    const loudspeaker = live.listen();
    const { page, mine, consoleErrors } = await live.goLive('?voice=host');
    await untilSpeaking(page);
    if (loudspeaker) await expect.poll(loudspeaker.level, { timeout: 20_000 }).toBeGreaterThan(AUDIBLE);
    const [voice] = await mine();
    if (!voice) throw new Error('The emulator saw no session.');
    await expect.poll(async () => (await likeness(voice)).score, { timeout: 15_000, interval: 500 }).toBeGreaterThan(0.95);
    console.log(`${ENGINE}: ${JSON.stringify(await likeness(voice))}`);
    await page.evaluate(() => window.probe.setMuted(true));
    await page.evaluate(() => window.probe.interrupt());
    await page.waitForFunction((silence) => window.probe.level() < silence, SILENCE, { timeout: 10_000 });
    if (loudspeaker) await expect.poll(loudspeaker.level, { timeout: 20_000 }).toBeLessThan(SILENCE);
    await end(page);
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
    expect(consoleErrors).toEqual([]);
  });

  it('voice only: it answers again after its connection was cut off', async () => {
    const { page, mine } = await live.goLive('?voice=host');
    const [first] = await mine();
    await live.emulator.fault({ fault: 'drop-socket', session: first?.id });
    await page.waitForFunction(() => window.probe.state()['recoveries'] === 1);
    await waitForStatus(page, 'live');
    await untilSpeaking(page);
    await end(page);
  });

  it.runIf(!HAS_CHANNEL)('puppet: without WebRTC it says so, and leaves neither microphone nor avatar engaged', async () => {
    const { page } = await live.open();
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ reason: 'channel-unsupported', microphone: 'off' });
    const card = (await page.getByRole('alert').textContent()) ?? '';
    expect(card).toMatch(/browser not supported/i);
    await expect.poll(async () => (await live.emulator.sessions()).every((session) => session.state === 'closed')).toBe(true);
  });
});
