import { describe, expect, it } from 'vitest';
import { end, untilSpeaking, useLive } from '../e2e/support/live.js';
import { expectRecovery, expectUndisturbed } from './support/struckPage.js';

describe('the socket to a voice service', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
      dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('is dropped: the assistant answers again, and the avatar has stayed', async () => {
    const page = await live.goLive('?voice=host&face');
    await page.page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await live.emulator.fault({ fault: 'drop-socket', vendor: 'dve' });
    await expectRecovery(page);
    expect((await page.mine()).filter(({ vendor }) => vendor === 'akool-streaming')).toHaveLength(1);
    await untilSpeaking(page.page);
    await end(page.page);
  });

  it('is closed with 4008, since the account is used up: the session fails and says why', async () => {
    const { page, mine } = await live.goLive('?voice=host');
    await live.emulator.fault({ fault: 'close-socket', vendor: 'dve', code: 4008 });
    await page.waitForFunction(() => window.probe.state()['status'] === 'failed', null, { timeout: 30_000 });
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ microphone: 'off' });
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    await expect.poll(async () => (await mine()).every(({ state }) => state === 'closed')).toBe(true);
    await page.close();
  });

  it('brings a damaged frame: it is told of, and the assistant goes on', async () => {
    const page = await live.goLive('?voice=host');
    await live.emulator.fault({ fault: 'malformed-message', vendor: 'dve' });
    await expect.poll(() => page.page.evaluate(() => window.probe.errors().map(({ reason }) => reason)), { timeout: 20_000 }).toContain('message-invalid');
    await untilSpeaking(page.page);
    await expectUndisturbed(page);
    await end(page.page);
  });

  it('brings more than anyone should take: the relay refuses it, and the assistant answers again', async () => {
    const page = await live.goLive('?voice=host');
    await live.emulator.fault({ fault: 'oversize-message', vendor: 'dve' });
    await expectRecovery(page);
    await untilSpeaking(page.page);
    await end(page.page);
  });

  it('is lost in a conversation: what was said before stays written', async () => {
    const page = await live.goLive('?talks&face');
    await page.page.waitForFunction(() => window.probe.transcript().some(({ role, text }) => role === 'assistant' && text.length > 20), null, { timeout: 40_000 });
    const before = await page.page.evaluate(() => window.probe.transcript());
    await live.emulator.fault({ fault: 'drop-socket' });
    await expectRecovery(page);
    const after = await page.page.evaluate(() => window.probe.transcript());
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    expect(after.length).toBeGreaterThanOrEqual(before.length);
    await end(page.page);
  });
});
