import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { end, interruptAndListen, SILENCE, untilSilent, untilSpeaking, useLive } from './support/live.js';
import { waitForStatus } from './support/openPage.js';
import { correlation, envelope, readWav, readWavFile } from './support/signals.js';
import { SPEECH_FILE } from './support/speechFile.js';

const RATE_HZ = 16_000;
const source = readWavFile(SPEECH_FILE).samples;
const LONG_TEXT = 'Once upon a time there was a very patient avatar, that told a very long story to whoever wanted to hear it, and to some who did not. '.repeat(3);

describe('an avatar that hears and thinks for itself', () => {
  const live = useLive({
    server: (emulator) => ({
      akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('hears the microphone in the room, answers, and writes down what both have said', async () => {
    const { page, mine, consoleErrors } = await live.goLive('?hosted=dialogue');
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await page.waitForFunction(() => window.probe.transcript().some(({ role, final }) => role === 'assistant' && final), null, { timeout: 40_000 });
    await untilSpeaking(page);
    // Who pauses and goes on speaking has two entries before the answer.
    const roles = (await page.evaluate(() => window.probe.transcript())).map(({ role }) => role);
    expect(roles.join(' ')).toMatch(/^(user )+assistant/);

    const heard = (await mine()).find(({ vendor }) => vendor === 'akool-live');
    if (!heard) throw new Error('The emulator saw no hosted session.');
    const received = readWav(await live.emulator.audio(heard)).samples;
    // Through a codec and a jitter buffer, which stretches time: how loud it was, not its wave.
    const score = likeness(envelope(source, RATE_HZ / 50), envelope(received, RATE_HZ / 50));
    console.log(`the avatar heard ${(received.length / RATE_HZ).toFixed(1)} s, as loud as the source to ${score.toFixed(3)}`);
    expect(score).toBeGreaterThan(0.7);
    const { mouth, sound } = await page.evaluate(() => window.probe.stopRecording());
    expect(Math.max(...mouth.values)).toBeGreaterThan(50);
    expect(Math.max(...sound.values)).toBeGreaterThan(0.05);
    expect(consoleErrors).toEqual([]);
    await end(page);
    await expect.poll(async () => (await mine()).map(({ state }) => state)).toEqual(['closed']);
  });

  it('falls silent when the user speaks', async () => {
    const { page, mine } = await live.goLive('?hosted=dialogue');
    await page.evaluate(() => window.probe.setMuted(true));
    await page.evaluate((text) => window.probe.sendText(text), LONG_TEXT);
    await untilSpeaking(page);
    await page.evaluate(() => window.probe.setMuted(false));
    await expect.poll(async () => (await mine())[0]?.interrupts, { timeout: 25_000 }).toBeGreaterThan(0);
    await end(page);
  });

  it('says text as it is, and falls silent in mid-sentence', async () => {
    const { page, mine } = await live.goLive('?hosted=retelling&input=none');
    await page.evaluate((text) => window.probe.speakText([text]), LONG_TEXT);
    const { before, after } = await interruptAndListen(page);
    expect(before).toBeGreaterThan(0.02);
    expect(after).toBeLessThan(SILENCE);
    const entry = (await page.evaluate(() => window.probe.transcript())).at(-1);
    expect(entry).toMatchObject({ role: 'assistant', final: true, interrupted: true });
    expect(LONG_TEXT.startsWith(entry?.text ?? '?')).toBe(true);
    expect((await mine())[0]?.interrupts).toBe(1);
    await page.evaluate(() => window.probe.act('nod'));
    await end(page);
  });

  it('comes back into the same vendor session when the room is lost, and is heard again', async () => {
    const { page, mine } = await live.goLive('?hosted=dialogue');
    await page.waitForFunction(() => window.probe.transcript().length > 0, null, { timeout: 40_000 });
    await live.emulator.fault({ fault: 'drop-channel' });
    await waitForStatus(page, 'reconnecting');
    await waitForStatus(page, 'live');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ recoveries: 1 });
    const [session] = await mine();
    const heardMs = session?.receivedMs ?? 0;
    await expect.poll(async () => (await mine())[0]?.receivedMs, { timeout: 10_000 }).toBeGreaterThan(heardMs + 500);
    await page.evaluate(() => window.probe.sendText('Are you there?'));
    await untilSpeaking(page);
    expect(await mine()).toHaveLength(1);
    await end(page);
  });

  it('closes the vendor session when the page is closed', async () => {
    const { page, mine } = await live.goLive('?hosted=dialogue&input=none');
    expect((await mine()).map(({ state }) => state)).toEqual(['joined']);
    await page.close({ runBeforeUnload: false });
    await expect.poll(async () => (await mine()).map(({ state }) => state), { timeout: 10_000 }).toEqual(['closed']);
  });

  it('sends no key and no publisher token to the browser', async () => {
    const { page, traffic } = await live.goLive('?hosted=dialogue&input=none');
    await page.evaluate(() => window.probe.sendText('Hello.'));
    await untilSpeaking(page);
    await end(page);
    const everything = traffic.texts.join('\n');
    expect(everything).toContain('keepIntervalMs');
    expect(everything).not.toContain(live.emulator.apiKey);
    expect(everything).not.toContain('/api/open/');
    expect(JSON.stringify(live.site.logs)).not.toContain(live.emulator.apiKey);
  });

  it('talks through the chat room of the older interface, and keeps silent after an interrupt', async () => {
    const { page } = await live.goLive('?hosted=chat-room&input=none');
    await page.evaluate((text) => window.probe.sendText(text), LONG_TEXT);
    await untilSpeaking(page);
    expect(await page.evaluate(() => window.probe.loudness())).toBe(1);
    await interruptWithoutAnswer(page);
    await page.waitForTimeout(300);
    // The avatar speaks on, for nothing can stop it; the page does not play it.
    expect(await page.evaluate(() => window.probe.loudness())).toBe(0);
    await untilSpeaking(page);
    expect(await page.evaluate(() => window.probe.loudness())).toBe(0);
    await untilSilent(page);
    await page.evaluate(() => window.probe.sendText('Hello again.'));
    await page.waitForFunction(() => window.probe.loudness() === 1, null, { timeout: 10_000 });
    await untilSpeaking(page);
    await end(page);
  });
});

/** The older interface cannot be told: what matters is what is heard. */
async function interruptWithoutAnswer(page: Page): Promise<void> {
  await page.evaluate(() => void window.probe.interrupt());
}

/** How well the best place of `part` in `whole` agrees with it, -1 to 1. */
function likeness(whole: readonly number[], part: readonly number[]): number {
  let best = -1;
  for (let at = 0; at + part.length <= whole.length; at++) best = Math.max(best, correlation(whole.slice(at, at + part.length), part));
  return best;
}
