import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './support/openPage.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it.each(['light', 'dark'] as const)('gives quiet text and lines the colour of text to whoever asks for more contrast, in %s', async (colorScheme) => {
  const page = await browser.newPage();
  const styles = await readFile('src/react/styles/tokens.css', 'utf8');
  await page.setContent(`<style>${styles}</style><div data-visavis><p style="color: var(--_text)"></p><p style="color: var(--_text-quiet)"></p><p style="color: var(--_line)"></p></div>`);
  const colours = () => page.evaluate(() => [...document.querySelectorAll('p')].map((element) => getComputedStyle(element).color));
  await page.emulateMedia({ colorScheme, contrast: 'no-preference' });
  expect(new Set(await colours()).size).toBe(3);
  await page.emulateMedia({ colorScheme, contrast: 'more' });
  expect(new Set(await colours()).size).toBe(1);
  await page.close();
});
