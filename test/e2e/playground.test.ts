import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './support/openPage.js';
import { makeSpeechFile } from './support/speechFile.js';
import { startPlayground } from './support/startPlayground.js';

let playground: Awaited<ReturnType<typeof startPlayground>>;

beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(async () => {
  playground.child.kill('SIGTERM');
  await playground.ended;
});

it('lets a newcomer speak to the avatar, watch it break, and see it come back', async () => {
  const browser = await openBrowser({ speechFile: await makeSpeechFile() });
  try {
    const page = await (await browser.newContext({ permissions: ['microphone'] })).newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
    await page.goto(playground.url, { waitUntil: 'domcontentloaded' });
    const story = page.frameLocator('#storybook-preview-iframe');
    await story.getByRole('button', { name: 'Start talking' }).click({ timeout: 60_000 });
    await story.getByRole('status').getByText('Listening').waitFor({ timeout: 30_000 });
    const video = story.locator('video');
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth), { timeout: 20_000 }).toBeGreaterThan(0);

    await expect.poll(() => story.getByText(/joined, speaking/).isVisible(), { timeout: 20_000 }).toBe(true);
    await story.getByRole('button', { name: 'Drop the socket' }).click();
    await expect.poll(async () => (await story.locator('dt', { hasText: 'Recoveries' }).locator('xpath=following-sibling::dd[1]').textContent())?.trim(), { timeout: 20_000 }).toMatch(/^1 \(last took/);
    await story.getByRole('status').getByText('Listening').waitFor({ timeout: 30_000 });

    await story.getByRole('button', { name: 'End' }).click();
    await story.getByRole('button', { name: 'Talk again' }).waitFor();
    // Addresses inside the page (blob:, data:) have no host.
    expect([...hosts].filter((host) => host !== '')).toEqual(['127.0.0.1']);
  } finally {
    await browser.close();
  }
});
