import { describe, expect, it } from 'vitest';
import { untilSpeaking, useLive } from '../e2e/support/live.js';
import { endWhole, expectRecovery, expectUndisturbed, expectWhole } from './support/struckPage.js';

describe('the socket to the avatar', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });
  const struck = async (fault: Record<string, unknown>, query = '') => {
    const page = await live.goLive(query);
    await live.emulator.fault(fault);
    return page;
  };

  it('is dropped: the session goes on at another node', async () => {
    const page = await struck({ fault: 'drop-socket' });
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('is half open: the silence is noticed, and the session goes on elsewhere', async () => {
    const page = await struck({ fault: 'half-open' }, '?heartbeat=1000');
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('is closed with 4001, since the key is not taken any more: the session fails and says why', async () => {
    const { page, mine } = await struck({ fault: 'close-socket', code: 4001 });
    await page.waitForFunction(() => window.probe.state()['status'] === 'failed', null, { timeout: 30_000 });
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'failed', reason: 'key-rejected', microphone: 'off' });
    expect(await page.getByRole('alert').textContent()).not.toBe('');
    await expect.poll(async () => (await mine()).every(({ state }) => state === 'closed')).toBe(true);
    await page.close();
  });

  it.each([
    [4003, 'another has taken the node'],
    [4004, 'the node asks for a moment'],
    [1011, 'the node has failed'],
  ])('is closed with %i, since %s: the session goes on at another node', async (code) => {
    const page = await struck({ fault: 'close-socket', code });
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('is lost together with its node, which refuses everyone from then on', async () => {
    const page = await live.goLive();
    const [first] = await page.mine();
    await live.emulator.fault({ fault: 'refuse-node', node: first?.node, forever: true });
    await live.emulator.fault({ fault: 'drop-socket' });
    await expectRecovery(page);
    await expectWhole(page);
    expect((await page.mine()).at(-1)?.node).not.toBe(first?.node);
    await endWhole(page);
  });

  it('is slow: commands wait, nothing is lost, nobody is disturbed', async () => {
    const page = await struck({ fault: 'slow-messages', delayMs: 1_500, times: 4 });
    await page.page.evaluate(() => Promise.all([window.probe.setParams({ language: 'de' }), window.probe.interrupt()]));
    await expectUndisturbed(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('brings messages out of order', async () => {
    const page = await struck({ fault: 'reorder-messages', times: 4 });
    await page.page.evaluate(() => Promise.all([window.probe.setParams({ language: 'de' }), window.probe.interrupt()]));
    await expectUndisturbed(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('brings messages twice', async () => {
    const page = await struck({ fault: 'duplicate-message', times: 6 });
    await page.page.evaluate(() => Promise.all([window.probe.setParams({ language: 'de' }), window.probe.interrupt()]));
    await expectUndisturbed(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('brings a damaged message: it is told of, and the session goes on', async () => {
    const page = await live.goLive();
    await live.emulator.fault({ fault: 'malformed-message' });
    await expect.poll(() => page.page.evaluate(() => window.probe.errors().map(({ reason }) => reason))).toContain('message-invalid');
    await expectWhole(page);
    await endWhole(page);
  });

  it('brings more than anyone should take: the relay refuses it, and the session goes on elsewhere', async () => {
    const page = await struck({ fault: 'oversize-message' });
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });

  it('is dropped five times in a row, and each time the session is back', async () => {
    const page = await live.goLive();
    for (let count = 1; count <= 5; count += 1) {
      await live.emulator.fault({ fault: 'drop-socket' });
      await expectRecovery(page, count);
    }
    await expectWhole(page);
    const { recoveries } = await page.page.evaluate(() => window.probe.stopRecording());
    console.log(`back after ${recoveries.map(({ downtimeMs }) => Math.round(downtimeMs)).join(', ')} ms`);
    await endWhole(page);
  });

  it('is dropped in mid-speech: the user is heard again without a word', async () => {
    const page = await live.goLive();
    await untilSpeaking(page.page);
    await live.emulator.fault({ fault: 'drop-socket' });
    await expectRecovery(page);
    await untilSpeaking(page.page);
    await endWhole(page);
  });
});

describe('discovery', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it.each([
    ['is down', { fault: 'discovery-down', times: 2 }],
    ['answers with an error of its own', { fault: 'discovery-code', times: 2 }],
    ['lies about where the nodes are', { fault: 'discovery-lies', times: 2 }],
    ['says that no node is well', { fault: 'no-healthy-node', times: 2 }],
  ])('%s when a session needs another node: it is asked again, and the session goes on', async (_what, fault) => {
    const page = await live.goLive();
    await live.emulator.fault(fault);
    await live.emulator.fault({ fault: 'drop-socket' });
    await expectRecovery(page);
    await expectWhole(page);
    await endWhole(page);
  });
});
