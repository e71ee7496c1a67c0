import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, waitForStatus } from './support/openPage.js';
import { startEmulatorProcess, type EmulatorProcess } from './support/startEmulatorProcess.js';
import { buildApp, startSite, type Site } from './support/startSite.js';

describe('what a person sees when it cannot work', () => {
  let emulator: EmulatorProcess;
  let folder: string;
  let browser: Browser;
  const sites: Site[] = [];

  beforeAll(async () => {
    emulator = await startEmulatorProcess();
    folder = await buildApp();
    browser = await openBrowser();
  });
  afterEach(async () => {
    await emulator.clearFaults();
    for (const site of sites.splice(0)) await site.stop();
  });
  afterAll(async () => {
    await browser?.close();
    await emulator?.stop();
  });

  async function site(options: { apiKey?: string; ticketTtlMs?: number } = {}): Promise<Site> {
    const { apiKey = emulator.apiKey, ...rest } = options;
    const started = await startSite(folder, {
      akool: { apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
      ...rest,
    });
    sites.push(started);
    return started;
  }

  async function startAndFail(target: Browser, url: string, permissions?: string[]) {
    const { page } = await openPage(target, url, permissions ? { permissions } : {});
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    const alert = (await page.getByRole('alert').textContent()) ?? '';
    const retry = await page.getByRole('button', { name: /try again/i }).isVisible();
    const { reason, microphone } = await page.evaluate(() => window.probe.state());
    await page.close();
    return { alert, retry, reason, microphone };
  }

  it('says that the microphone was refused, and opens no session for it', async () => {
    const refusing = await openBrowser({ denyMicrophone: true });
    try {
      const before = (await emulator.sessions()).length;
      const seen = await startAndFail(refusing, (await site()).url, []);
      expect(seen).toMatchObject({ reason: 'microphone-denied', microphone: 'failed', retry: true });
      expect(seen.alert).toMatch(/microphone blocked/i);
      expect(await emulator.sessions()).toHaveLength(before);
    } finally {
      await refusing.close();
    }
  });

  it('says that the server is set up wrongly when the vendor rejects its key, and turns the microphone off', async () => {
    const seen = await startAndFail(browser, (await site({ apiKey: 'not-the-key' })).url);
    expect(seen).toMatchObject({ reason: 'key-rejected', microphone: 'off', retry: true });
    expect(seen.alert).toMatch(/setup problem/i);
    expect(seen.alert).not.toContain('not-the-key');
  });

  it('says that everyone is busy when no node is healthy, and works once one is', async () => {
    await emulator.fault({ fault: 'no-healthy-node', forever: true });
    const { url } = await site();
    const { page } = await openPage(browser, url);
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ reason: 'no-avatar-available', microphone: 'off' });
    expect(await page.getByRole('alert').textContent()).toMatch(/busy/i);
    await emulator.clearFaults();
    await page.getByRole('button', { name: /try again/i }).click();
    await waitForStatus(page, 'live');
    await page.close();
  });

  it('says that the session has expired when every ticket is too old', async () => {
    const seen = await startAndFail(browser, `${(await site({ ticketTtlMs: 1 })).url}/?attempts=1`);
    expect(seen).toMatchObject({ reason: 'ticket-expired', microphone: 'off', retry: true });
    expect(seen.alert).toMatch(/expired/i);
  });

  it('gives up on an avatar that never joins the channel, and frees its node', async () => {
    await emulator.fault({ fault: 'failed-ack', forever: true });
    const seen = await startAndFail(browser, (await site()).url);
    expect(seen).toMatchObject({ reason: 'avatar-refused', microphone: 'off' });
    await expect.poll(async () => (await emulator.sessions()).every((session) => session.state === 'closed')).toBe(true);
  });

  it('offers a button when the browser holds the sound back, and a click turns it on', async () => {
    const strict = await openBrowser({ strictAutoplay: true });
    try {
      const { url } = await site();
      const { page } = await openPage(strict, `${url}/?input=none&autostart`);
      // Looking into the page counts as a gesture, which would unlock the sound: watch from outside until it is there.
      await expect.poll(async () => (await emulator.sessions()).some((session) => session.state === 'joined'), { timeout: 20_000 }).toBe(true);
      await page.waitForTimeout(2000);
      expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', sound: 'blocked' });
      await page.getByRole('button', { name: /sound/i }).click();
      await page.waitForFunction(() => window.probe.state()['sound'] === 'playing');
      expect(await page.getByRole('button', { name: /sound/i }).count()).toBe(0);
      await page.close();
    } finally {
      await strict.close();
    }
  });
});
