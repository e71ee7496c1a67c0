import { describe, expect, it } from 'vitest';
import { untilSpeaking, useLive } from '../e2e/support/live.js';
import { endWhole, expectUndisturbed, expectWhole } from './support/struckPage.js';

describe('the page and its devices', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('lose the microphone: the session goes on with another, without a click', async () => {
    const page = await live.goLive();
    await page.page.evaluate(() => window.probe.unplugMicrophone());
    await expect.poll(() => page.page.evaluate(() => window.probe.openMicrophones()), { timeout: 20_000 }).toBe(1);
    await expectWhole(page);
    await expectUndisturbed(page);
    await endWhole(page);
  });

  it('have their audio suspended: it runs again, and the user is heard', async () => {
    const page = await live.goLive();
    await untilSpeaking(page.page);
    await page.page.evaluate(() => window.probe.suspendSound());
    // A click anywhere is what a browser may want before it lets sound run again.
    await page.page.mouse.click(5, 5);
    await expectWhole(page);
    await expectUndisturbed(page);
    await endWhole(page);
  });

  it('are busy for three seconds: no speech is lost, and the session stays', async () => {
    const page = await live.goLive();
    await untilSpeaking(page.page);
    await page.page.evaluate(() => window.probe.block(3_000));
    await expectUndisturbed(page);
    await expectWhole(page);
    expect(await page.page.evaluate(() => window.probe.state())).toMatchObject({ lostAudioMs: 0 });
    await endWhole(page);
  });

  it('lose all sound to a phone call: the session says so, stays, and is heard in both directions after it', async () => {
    const page = await live.goLive();
    await untilSpeaking(page.page);
    await page.page.evaluate(() => window.probe.interruptSound());
    await page.page.waitForFunction(() => window.probe.state()['isMicrophoneTaken'] === true, null, { timeout: 20_000, polling: 50 });
    await expectUndisturbed(page);
    await page.page.evaluate(() => window.probe.endInterruption());
    await page.page.waitForFunction(() => window.probe.state()['isMicrophoneTaken'] === false, null, { timeout: 20_000, polling: 50 });
    await expectWhole(page);
    await untilSpeaking(page.page);
    await expectUndisturbed(page);
    await endWhole(page);
  });

  it.each([-3_600_000, 3_600_000])('have a clock that is wrong by %i ms: the session starts and stays', async (skewMs) => {
    const { page } = await live.open();
    await page.addInitScript((skew) => {
      const { now } = Date;
      Date.now = () => now() + skew;
    }, skewMs);
    await page.reload({ waitUntil: 'domcontentloaded' });
    const before = new Set((await live.emulator.sessions()).map(({ id, connection }) => `${id} ${connection}`));
    await page.getByRole('button', { name: /start/i }).click();
    await page.waitForFunction(() => window.probe.state()['status'] === 'live', null, { timeout: 30_000 });
    const mine = async () => (await live.emulator.sessions()).filter(({ id, connection }) => !before.has(`${id} ${connection}`));
    const struck = { page, mine, traffic: { texts: [] }, consoleErrors: [] };
    await expectWhole(struck);
    await expectUndisturbed(struck);
    await endWhole(struck);
  });
});
