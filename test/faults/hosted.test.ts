import { describe, expect, it } from 'vitest';
import { end, untilSpeaking, useLive } from '../e2e/support/live.js';
import { waitForStatus } from '../e2e/support/openPage.js';
import { expectRecovery } from './support/struckPage.js';

describe('an avatar that the vendor hosts', () => {
  const live = useLive({
    server: (emulator) => ({
      akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('leaves its room: the session fails or goes on, but says so and leaves nothing open', async () => {
    const { page, mine } = await live.goLive('?hosted=dialogue');
    await live.emulator.fault({ fault: 'avatar-leaves' });
    await waitForStatus(page, 'failed', 'reconnecting');
    await page.waitForFunction(() => ['failed', 'live'].includes(String(window.probe.state()['status'])), null, { timeout: 60_000 });
    const { words } = await page.evaluate(() => window.probe.history());
    expect(words).toMatch(/reconnecting|try again|interrupted|ended/i);
    await page.evaluate(() => document.querySelector<HTMLButtonElement>('[data-slot="end-button"]')?.click());
    await expect.poll(async () => (await mine()).every(({ state }) => state === 'closed'), { timeout: 25_000 }).toBe(true);
    await page.close();
  });

  it('is ended by the vendor: another is opened, and only one is paid for', async () => {
    const page = await live.goLive('?hosted=dialogue');
    await live.emulator.fault({ fault: 'session-expires' });
    await expectRecovery(page);
    await untilSpeaking(page.page);
    expect((await page.mine()).filter(({ state }) => state !== 'closed')).toHaveLength(1);
    await end(page.page);
    await expect.poll(async () => (await page.mine()).every(({ state }) => state === 'closed'), { timeout: 25_000 }).toBe(true);
  });

  it('loses the room: the session joins it again and is heard', async () => {
    const page = await live.goLive('?hosted=dialogue');
    await live.emulator.fault({ fault: 'drop-channel' });
    await expectRecovery(page);
    await untilSpeaking(page.page);
    await end(page.page);
  });

  it.each([
    ['is down', { fault: 'api-down', times: 1 }],
    ['does not know the token any more', { fault: 'token-refused', times: 1 }],
    ['is slow', { fault: 'api-slow', times: 1, delayMs: 3_000 }],
  ])('is asked for while the service %s: a person gets to it all the same', async (_what, fault) => {
    await live.emulator.fault(fault);
    const { page } = await live.open('?hosted=dialogue');
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'live', 'failed');
    if ((await page.evaluate(() => window.probe.state()['status'])) === 'failed') {
      expect(await page.getByRole('alert').textContent()).not.toBe('');
      await page.getByRole('button', { name: /try again/i }).click();
      await waitForStatus(page, 'live');
    }
    await end(page);
  });
});
