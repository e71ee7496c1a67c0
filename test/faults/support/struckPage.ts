import { expect } from 'vitest';
import { waitForStatus } from '../../e2e/support/openPage.js';
import type { LivePage } from '../../e2e/support/live.js';

/** The statuses that the session has gone through since it was live for the first time. */
async function statusesSince({ page }: Pick<LivePage, 'page'>): Promise<readonly string[]> {
  const { statuses } = await page.evaluate(() => window.probe.history());
  return statuses.slice(statuses.indexOf('live') + 1);
}

/** Waits until the session has been lost and is live again, and checks that its user was told. */
export async function expectRecovery(live: Pick<LivePage, 'page'>, recoveries = 1): Promise<void> {
  await live.page.waitForFunction((wanted) => window.probe.state()['recoveries'] === wanted, recoveries, { timeout: 60_000, polling: 50 });
  await waitForStatus(live.page, 'live');
  const { words } = await live.page.evaluate(() => window.probe.history());
  expect(words).toMatch(/reconnecting/i);
  expect(await live.page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', reason: null });
}

/** Checks that the session never left `live` while something went wrong. */
export async function expectUndisturbed(live: Pick<LivePage, 'page'>): Promise<void> {
  expect(await statusesSince(live)).toEqual([]);
  expect(await live.page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', reason: null });
}

/**
 * Checks what must hold after any fault: the vendor has one session of ours and no more, no command came twice, what was set last is
 * what the avatar shows, and the speech in the microphone reaches it.
 */
export async function expectWhole({ page, mine }: LivePage, { language = 'fr', speech = true } = {}): Promise<void> {
  await page.evaluate((lang) => window.probe.setParams({ language: lang }), language);
  await expect.poll(async () => (await mine()).filter(({ vendor, state }) => vendor === 'akool-streaming' && state === 'joined').length, { timeout: 20_000 }).toBe(1);
  const sessions = await mine();
  const mids = sessions.flatMap(({ commands }) => commands.map(({ mid }) => mid));
  expect(new Set(mids).size).toBe(mids.length);
  const open = async () => (await mine()).find(({ vendor, state }) => vendor === 'akool-streaming' && state === 'joined');
  await expect.poll(async () => (await open())?.params?.['lang'], { timeout: 20_000 }).toBe(language);
  if (!speech) return;
  const before = (await open())?.receivedMs ?? 0;
  await expect.poll(async () => ((await open())?.receivedMs ?? 0) - before, { timeout: 20_000 }).toBeGreaterThan(500);
}

/** Ends as a user would, and checks that nothing of ours is left at the vendor. */
export async function endWhole({ page, mine }: LivePage): Promise<void> {
  await page.getByRole('button', { name: /end/i }).click();
  await waitForStatus(page, 'ended');
  await expect.poll(async () => (await mine()).filter(({ state }) => state !== 'closed').length, { timeout: 25_000 }).toBe(0);
  await page.close();
}
