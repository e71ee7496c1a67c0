import { describe, expect, it } from 'vitest';
import { AUDIBLE, untilSpeaking, useLive } from '../e2e/support/live.js';
import { waitForStatus } from '../e2e/support/openPage.js';
import { endWhole, expectRecovery, expectUndisturbed, expectWhole } from './support/struckPage.js';

describe('the room with the picture', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('is lost: the session joins it again, and is seen and heard as before', async () => {
    const page = await live.goLive();
    await live.emulator.fault({ fault: 'drop-channel' });
    await expectRecovery(page);
    await page.page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await expectWhole(page);
    await untilSpeaking(page.page);
    await endWhole(page);
  });

  it("says that the token is about to expire: another is fetched, and nobody notices", async () => {
    const page = await live.goLive();
    await live.emulator.fault({ fault: 'token-expire', delayMs: 3_000 });
    await page.page.waitForTimeout(5_000);
    await expectUndisturbed(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('refuses the token when it is joined again: another is fetched', async () => {
    const page = await live.goLive();
    await live.emulator.fault({ fault: 'refuse-token', times: 1 });
    await live.emulator.fault({ fault: 'drop-channel' });
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('shows a picture that stands still: the user is told, until it moves again', async () => {
    const page = await live.goLive();
    await page.page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await page.page.waitForSelector('[data-picture="live"]');
    await live.emulator.fault({ fault: 'freeze-video', forever: true });
    await page.page.waitForSelector('[data-picture="frozen"]', { timeout: 20_000 });
    await live.emulator.clearFaults();
    await page.page.waitForSelector('[data-picture="live"]', { timeout: 20_000 });
    const { words } = await page.page.evaluate(() => window.probe.history());
    expect(words).toMatch(/picture/i);
    await expectWhole(page);
    await endWhole(page);
  });

  it('brings lips that move without a sound: the user is told, until there is something to hear', async () => {
    const page = await live.goLive('?input=none');
    // A long hum: what is in the microphone has an end.
    await page.page.evaluate(() => void window.probe.speak(Array.from({ length: 16_000 * 90 }, (_, i) => 9000 * Math.sin(i / 12)), 16_000));
    await untilSpeaking(page.page);
    await live.emulator.fault({ fault: 'mute-avatar', forever: true });
    await page.page.waitForSelector('[data-silent]', { timeout: 40_000 });
    expect(await page.page.evaluate(() => window.probe.level())).toBeLessThan(AUDIBLE);
    await live.emulator.clearFaults();
    await untilSpeaking(page.page);
    await page.page.waitForSelector('[data-slot="avatar-video"]:not([data-silent])', { timeout: 20_000 });
    const { words } = await page.page.evaluate(() => window.probe.history());
    expect(words).toMatch(/no sound arrives/i);
    await expectUndisturbed(page);
    await endWhole(page);
  });

  it('cannot be joined at all: the session fails, says so, and frees its node', async () => {
    await live.emulator.fault({ fault: 'refuse-token', forever: true });
    const { page } = await live.open('?attempts=1');
    const before = (await live.emulator.sessions()).length;
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'failed');
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    expect(await page.evaluate(() => window.probe.openMicrophones())).toBe(0);
    await expect.poll(async () => (await live.emulator.sessions()).slice(before).every(({ state }) => state === 'closed')).toBe(true);
    await live.emulator.clearFaults();
    await page.getByRole('button', { name: /try again/i }).click();
    await waitForStatus(page, 'live');
    await page.close();
  });
});
