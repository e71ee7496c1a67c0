import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, waitForStatus } from './support/openPage.js';
import { readWav } from './support/signals.js';
import { makeSpeechFile } from './support/speechFile.js';
import { startEmulatorProcess, type EmulatorProcess } from './support/startEmulatorProcess.js';
import { buildApp, startSite, type Site } from './support/startSite.js';

/** RMS of sound that a person hears, and of what counts as none. */
const AUDIBLE = 0.02;
const SILENCE = 0.004;

describe('a voice service, with speech in the microphone', () => {
  let emulator: EmulatorProcess;
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    emulator = await startEmulatorProcess();
    site = await startSite(await buildApp(), {
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    });
    browser = await openBrowser({ speechFile: await makeSpeechFile() });
  });
  afterEach(() => emulator.clearFaults());
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await emulator?.stop();
  });

  async function goLive(query: string) {
    const { page, consoleErrors } = await openPage(browser, `${site.url}/${query}`);
    const before = (await emulator.sessions()).length;
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'live');
    await page.evaluate(() => window.probe.startRecording());
    return { page, consoleErrors, mine: async () => (await emulator.sessions()).slice(before) };
  }

  it('answers from the page, and falls silent when it is spoken to', async () => {
    const { page, mine, consoleErrors } = await goLive('?voice=host');
    expect((await mine()).map((session) => session.vendor)).toEqual(['dve']);
    await untilSpeaking(page);
    // The recording goes on after its pause: the assistant hears it and stops.
    await page.waitForFunction(() => Number(window.probe.state()['turnId']) > 0, null, { timeout: 30_000, polling: 20 });
    await expect.poll(() => page.evaluate(() => window.probe.level()), { timeout: 2000 }).toBeLessThan(SILENCE);
    const [voice] = await mine();
    expect(voice && readWav(await emulator.audio(voice)).samples.length).toBeGreaterThan(16_000);
    await end(page);
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
    expect(consoleErrors).toEqual([]);
  });

  it('answers through the face, whose mouth moves, and falls silent in mid-sentence', async () => {
    const { page, mine } = await goLive('?voice=host&face');
    expect((await mine()).map((session) => session.vendor).sort()).toEqual(['akool-streaming', 'dve']);
    await untilSpeaking(page);
    await page.waitForTimeout(400);
    const atMs = await page.evaluate(() => window.probe.interrupt());
    await page.waitForTimeout(700);
    const { sound, mouth } = await page.evaluate(() => window.probe.stopRecording());
    const after = sound.values.filter((_, i) => (sound.timesMs[i] ?? 0) > atMs + 300);
    expect(Math.max(...mouth.values)).toBeGreaterThan(50);
    expect(Math.max(...after)).toBeLessThan(SILENCE);
    expect((await mine()).find((session) => session.vendor === 'akool-streaming')?.interrupts).toBeGreaterThan(0);
    await end(page);
  });

  it('keeps the face when the voice is cut off, and gets the voice back', async () => {
    const { page, mine } = await goLive('?voice=host&face');
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    const voice = (await mine()).find((session) => session.vendor === 'dve');
    await emulator.fault({ fault: 'drop-socket', session: voice?.id });
    await waitForStatus(page, 'reconnecting');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ hasVideo: true });
    await waitForStatus(page, 'live');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ hasVideo: true, recoveries: 1 });
    expect((await mine()).filter((session) => session.vendor === 'akool-streaming')).toHaveLength(1);
    await untilSpeaking(page);
    await end(page);
  });
});

async function untilSpeaking(page: Page): Promise<void> {
  await page.waitForFunction((audible) => window.probe.level() > audible, AUDIBLE, { timeout: 40_000, polling: 20 });
}

async function end(page: Page): Promise<void> {
  await page.getByRole('button', { name: /end/i }).click();
  await waitForStatus(page, 'ended');
  await page.close();
}
