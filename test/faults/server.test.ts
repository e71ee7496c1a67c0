import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, waitForStatus } from '../e2e/support/openPage.js';
import { makeSpeechFile } from '../e2e/support/speechFile.js';
import { startEmulatorProcess, type EmulatorProcess } from '../e2e/support/startEmulatorProcess.js';
import { buildApp, startSite, type Site } from '../e2e/support/startSite.js';

describe('our own server', () => {
  let emulator: EmulatorProcess;
  let folder: string;
  let browser: Browser;
  const sites: Site[] = [];

  beforeAll(async () => {
    emulator = await startEmulatorProcess('--nodes', '4');
    folder = await buildApp();
    browser = await openBrowser({ speechFile: await makeSpeechFile() });
  });
  afterEach(async () => {
    await emulator.clearFaults();
    for (const site of sites.splice(0)) await site.stop();
  });
  afterAll(async () => {
    await browser?.close();
    await emulator?.stop();
  });

  async function site(options: Parameters<typeof startSite>[1] = {}): Promise<Site> {
    const started = await startSite(folder, {
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
      ...options,
    });
    sites.push(started);
    return started;
  }

  async function goLive(url: string) {
    const { page } = await openPage(browser, url);
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'live');
    return page;
  }

  it('gives tickets that are too old by the time a session needs them again: it fetches another', async () => {
    const page = await goLive((await site({ ticketTtlMs: 2_000 })).url);
    await page.waitForTimeout(3_000);
    await emulator.fault({ fault: 'drop-socket' });
    await page.waitForFunction(() => window.probe.state()['recoveries'] === 1, null, { timeout: 60_000 });
    await waitForStatus(page, 'live');
    await page.close();
  });

  it('refuses for a while, as one that is overrun does: the user is told, and comes in later', async () => {
    let isFull = true;
    const { url } = await site({
      authorize: () => {
        if (isFull) throw new Error('the database is away');
        return { id: 'tester' };
      },
    });
    const { page } = await openPage(browser, `${url}/?attempts=1`);
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    expect(await page.getByRole('alert').textContent()).not.toContain('database');
    expect(await page.evaluate(() => window.probe.openMicrophones())).toBe(0);
    isFull = false;
    await page.getByRole('button', { name: /try again/i }).click();
    await waitForStatus(page, 'live');
    await page.close();
  });

  it('does not answer the session route at all: the session fails in bounded time and says so', async () => {
    const { url } = await site();
    const { page } = await openPage(browser, `${url}/?attempts=1`);
    await page.route('**/api/avatar/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ reason: 'grant-failed', microphone: 'off' });
    await page.unroute('**/api/avatar/**');
    await page.getByRole('button', { name: /try again/i }).click();
    await waitForStatus(page, 'live');
    await page.close();
  });
});
