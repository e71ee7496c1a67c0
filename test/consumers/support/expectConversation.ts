import type { Browser, Page } from 'playwright';
import { expect } from 'vitest';
import { openPage } from '../../e2e/support/openPage.js';
import { BACKEND_SECRET, type Backend } from './startBackend.js';

/**
 * Opens a page and talks, as a visitor would: the face is seen, and what the microphone hears arrives at the vendor. Nothing may be written to
 * the console as an error on the way, which is where a browser says what a policy has refused, and React what did not hydrate.
 *
 * @returns the page, still talking
 */
export async function expectConversation(browser: Browser, url: string, backend: Backend): Promise<Page> {
  const { page, traffic, consoleErrors } = await openPage(browser, url);
  // A click on what the server has rendered counts once React has taken it over.
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: /start/i }).click();
  await page.locator('[data-slot="avatar"][data-state="live"]').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, null, { timeout: 60_000 });
  await expect.poll(() => backend.heardMs(), { timeout: 60_000 }).toBeGreaterThan(0);
  expect(consoleErrors).toEqual([]);
  expect(traffic.texts.filter((text) => text.includes(BACKEND_SECRET))).toEqual([]);
  return page;
}
