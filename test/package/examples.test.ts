import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installExamples } from '../../scripts/installExamples.mjs';
import { openBrowser, openPage, type Traffic } from '../e2e/support/openPage.js';
import { EXAMPLE_SECRET, type RunningExample, startExample } from './startExample.js';

/** What the emulator is asked with. */
const VENDOR_KEY = 'emulator-key';
/** An address that only the SDK's own code knows. */
const AGORA_SDK = 'statscollector-1-europe.agora.io';

describe('an example, started by its one command without a key', () => {
  let browser: Browser;
  let example: RunningExample | null = null;

  beforeAll(async () => {
    await installExamples();
    expect(await readFile('node_modules/agora-rtc-react/dist/agora-rtc-react.mjs', 'utf8')).toContain(AGORA_SDK);
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await example?.stop();
    example = null;
  });
  afterAll(() => browser?.close()); // there is none where the build failed

  async function start(folder: string, ...args: string[]) {
    example = await startExample(folder, ...args);
    return openPage(browser, example.url);
  }

  it.each([['in development'], ['as it is built', '--production']])('vite shows the avatar live, %s', async (_, ...args) => {
    const { page, traffic, consoleErrors } = await start('vite', ...args);
    await goLive(page, traffic);
    expect(secretsIn(traffic.texts)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });

  it('script-tag shows the avatar live, from one HTML file', async () => {
    const { page, traffic, consoleErrors } = await start('script-tag');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilVideoPlays(page);
    expect(await page.getByRole('status').textContent()).toBe('live');
    expect(traffic.texts.filter((text) => text.includes(AGORA_SDK))).toEqual([]);
    await page.getByRole('button', { name: 'End' }).click();
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: 10_000 }).toBe('ended');
    await expect.poll(() => page.locator('video').count(), { timeout: 10_000 }).toBe(0);
    expect(secretsIn(traffic.texts)).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });

  it('script-tag finds the Agora SDK where a session would load it from', async () => {
    const { page } = await start('script-tag');
    // Not as a module of the test: the page's own import map is what resolves it.
    expect(await page.evaluate("import('agora-rtc-react').then((sdk) => typeof sdk.default.createClient)")).toBe('function');
  });

  it.each([['in development'], ['as it is built', '--production']])('nextjs signs a user in, brings the catalogue with the page and shows the avatar live, %s', async (_, ...args) => {
    const { page, traffic, consoleErrors } = await start('nextjs', ...args);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    const refused = await page.request.post(`${example?.url}/api/avatar/session`, { data: {} });
    expect(refused.status()).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { reason: 'not-authorized' } });

    await page.getByLabel('Your name').fill('Ada');
    await page.getByRole('button', { name: 'Sign in' }).click();
    // In development the page is compiled when it is asked for.
    await page.getByRole('heading', { name: 'Hello Ada' }).waitFor({ timeout: 60_000 });
    // Hydrated on a page of its own, not only reached from another.
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const markup = await (await page.reload())?.text();
    for (const [slot, count] of [['avatar', 2], ['voice', 1]] as const) {
      expect(markup?.split(`data-slot="${slot}-picker-item"`)).toHaveLength(count + 1);
      await expect.poll(() => page.locator(`[data-slot="${slot}-picker-item"]`).count(), { timeout: 10_000 }).toBe(count);
    }
    await goLive(page, traffic);
    expect(asked.filter((path) => path.includes('/catalogue/'))).toEqual([]);

    await page.locator('[data-slot="avatar-picker"]').getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator('[data-slot="avatar-picker-item"]').count(), { timeout: 10_000 }).toBe(3);
    expect(asked.filter((path) => path.includes('/catalogue/'))).toEqual(['/api/avatar/catalogue/avatars']);
    // Another avatar takes the place of the one that is live.
    await page.locator('[data-slot="avatar-picker-item"] input:enabled').first().check();
    await page.locator('[data-slot="avatar"][data-state="idle"]').waitFor({ timeout: 10_000 });
    await goLive(page, traffic);
    expect(secretsIn(traffic.texts)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    if (args.length > 0) expect(secretsIn(await readChunks('examples/nextjs/.next/static'))).toEqual([]);
  });
});

/** Starts a conversation as a visitor does. What was loaded until then must not hold the Agora SDK. */
async function goLive(page: Page, traffic: Traffic): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect(traffic.texts.filter((text) => text.includes(AGORA_SDK))).toEqual([]);
  await page.getByRole('button', { name: /start/i }).click();
  await page.locator('[data-slot="avatar"][data-state="live"]').waitFor({ timeout: 30_000 });
  await untilVideoPlays(page);
}

async function untilVideoPlays(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, null, { timeout: 30_000 });
}

/** The secrets that are in what a browser can read. */
function secretsIn(texts: readonly string[]): string[] {
  return [EXAMPLE_SECRET, VENDOR_KEY].filter((secret) => texts.some((text) => text.includes(secret)));
}

async function readChunks(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
}
