import { describe, expect, it } from 'vitest';
import { judgeSync } from '../e2e/support/judgeSync.js';
import { judgeUplink } from '../e2e/support/judgeUplink.js';
import { end, untilSpeaking, useLive } from '../e2e/support/live.js';
import { ENGINE } from '../e2e/support/openEngine.js';
import { waitForStatus } from '../e2e/support/openPage.js';
import { envelope, findOffset, readWav, readWavFile } from '../e2e/support/signals.js';
import { SPEECH_FILE } from '../e2e/support/speechFile.js';

const RATE_HZ = 16_000;
/** One audio message. The few that are on their way when a node dies are known to nobody. */
const CHUNK_MS = 64;
const source = readWavFile(SPEECH_FILE).samples;

/**
 * What test/e2e/puppet.test.ts holds Chromium to, in each engine that has WebRTC: every sample, the mouth with the voice, the count of
 * what was lost. The microphone is one that the page makes, which waits for a busy machine as Chromium's fake device does.
 * The pictures do not: where other programs leave no time to draw them, mouth and voice cannot be compared.
 */
describe.runIf(ENGINE !== 'webkit')(`the live puppet in ${ENGINE}, to the sample`, () => {
  const live = useLive({
    server: (emulator) => ({
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });
  const goLive = () => live.goLive('', (page) => page.evaluate(([samples, rateHz]) => window.probe.speakIntoMicrophone(samples, rateHz), [[...source], RATE_HZ] as const));
  const audioOf = async (session: Parameters<typeof live.emulator.audio>[0]) => readWav(await live.emulator.audio(session)).samples;
  const untilReceived = (session: Parameters<typeof audioOf>[0], seconds: number) =>
    expect.poll(async () => (await audioOf(session)).length, { timeout: 60_000, interval: 200 }).toBeGreaterThan(seconds * RATE_HZ);

  it('puppet: every sample of the speech arrives', async () => {
    const { page, mine, consoleErrors } = await goLive();
    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    await untilReceived(node, 12);
    await end(page);
    const received = await audioOf(node);
    const uplink = judgeUplink(source, received);
    console.log(`${ENGINE}: ${JSON.stringify({ seconds: received.length / RATE_HZ, ...uplink })}`);
    expect(uplink.whole).toBeGreaterThanOrEqual(0.98);
    expect(uplink.worst.score).toBeGreaterThanOrEqual(0.95);
    expect(Math.max(...uplink.shifts) - Math.min(...uplink.shifts)).toBeLessThanOrEqual(1);
    expect(consoleErrors).toEqual([]);
  });

  it('puppet: the mouth moves with the voice', async () => {
    const { page, mine } = await goLive();
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    await untilReceived(node, 12);
    const recording = await page.evaluate(() => window.probe.stopRecording());
    await end(page);
    const { sound, sync, follow } = judgeSync(recording, source);
    console.log(`${ENGINE}: ${JSON.stringify({ sync, follow, pictures: recording.mouth.values.length })}`);
    expect(Math.max(...sound)).toBeGreaterThan(0.05);
    expect(sync.score).toBeGreaterThanOrEqual(0.7);
    expect(Math.abs(sync.lagMs)).toBeLessThanOrEqual(120);
    expect(follow).toBeGreaterThanOrEqual(0.7);
  });

  it('puppet: it says how much speech was lost when its socket was cut', async () => {
    const { page, mine } = await goLive();
    const [first] = await mine();
    if (!first) throw new Error('The emulator saw no session.');
    // Enough to find its place in the speech.
    await untilReceived(first, 5);
    await live.emulator.fault({ fault: 'drop-socket', node: first.node });
    await page.waitForFunction(() => window.probe.state()['recoveries'] === 1);
    await waitForStatus(page, 'live');
    await untilSpeaking(page);
    const second = (await mine()).find((session) => session.node !== first.node);
    if (!second) throw new Error('The other node saw no session.');
    await untilReceived(second, 3);
    const { recoveries } = await page.evaluate(() => window.probe.stopRecording());
    await end(page);

    const [before, after] = [await audioOf(first), await audioOf(second)];
    const gapMs = ((beginningOf(after) - (beginningOf(before) + before.length)) / RATE_HZ) * 1000;
    console.log(`${ENGINE}: lost ${Math.round(gapMs)} ms by the recordings, ${recoveries[0]?.lostAudioMs} ms as reported`);
    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]?.lostAudioMs).toBeGreaterThan(0);
    expect(Math.abs(gapMs - (recoveries[0]?.lostAudioMs ?? 0))).toBeLessThanOrEqual(4 * CHUNK_MS);
  });

  it('puppet: it works as one line under StrictMode, and leaves nothing after its end', async () => {
    const before = (await live.emulator.sessions()).length;
    const { page, consoleErrors } = await live.open('?plain');
    await page.getByRole('button', { name: /start/i }).click();
    await page.waitForSelector('[data-slot="avatar"][data-state="live"]');
    expect((await live.emulator.sessions()).slice(before)).toHaveLength(1);
    await page.getByRole('button', { name: /end/i }).click();
    await page.waitForSelector('[data-slot="avatar"][data-state="ended"]');
    await expect.poll(async () => (await live.emulator.sessions()).slice(before).map((session) => session.state)).toEqual(['closed']);
    expect(await page.locator('video').count()).toBe(0);
    expect(consoleErrors).toEqual([]);
  });

  it('puppet: its node is free again when the page is closed in mid-speech', async () => {
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    await page.close();
    await expect.poll(async () => (await mine()).map((session) => session.state), { timeout: 20_000 }).toEqual(['closed']);
  });
});

/** Where the received sound begins in the speech, in samples: by its loudest second and a half. */
function beginningOf(received: Int16Array): number {
  const step = RATE_HZ / 10;
  const levels = envelope(received, step);
  const energyAt = (index: number) => levels.slice(index, index + 15).reduce((sum, level) => sum + level, 0);
  const loudest = [...levels.keys()].slice(0, -15).reduce((best, index) => (energyAt(index) > energyAt(best) ? index : best), 0) * step;
  return findOffset(source, received.subarray(loudest, loudest + 1.5 * RATE_HZ)).offset - loudest;
}
