import { describe, expect, it } from 'vitest';
import { end, interruptAndListen, SILENCE, untilSpeaking, useLive } from './support/live.js';
import { waitForStatus } from './support/openPage.js';
import { readWav } from './support/signals.js';
import type { EmulatorProcess } from './support/startEmulatorProcess.js';

const server = (emulator: EmulatorProcess) =>
  ({
    akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
    dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
    channel: { kind: 'loopback', url: emulator.channelUrl },
  }) as const;

describe('a voice service, with speech in the microphone', () => {
  const live = useLive({ server });

  it('answers from the page, and falls silent when it is spoken to', async () => {
    const { page, mine, consoleErrors } = await live.goLive('?voice=host');
    expect((await mine()).map((session) => session.vendor)).toEqual(['dve']);
    await untilSpeaking(page);
    // The recording goes on after its pause: the assistant hears it and stops.
    await page.waitForFunction(() => Number(window.probe.state()['turnId']) > 0, null, { timeout: 30_000, polling: 20 });
    await expect.poll(() => page.evaluate(() => window.probe.level()), { timeout: 2000 }).toBeLessThan(SILENCE);
    const [voice] = await mine();
    expect(voice && readWav(await live.emulator.audio(voice)).samples.length).toBeGreaterThan(16_000);
    await end(page);
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
    expect(consoleErrors).toEqual([]);
  });

  it('falls silent from the page when it is interrupted in mid-sentence', async () => {
    const { page } = await live.goLive('?voice=host');
    await untilSpeaking(page);
    await page.evaluate(() => window.probe.setMuted(true));
    const { before, after } = await interruptAndListen(page);
    expect(before).toBeGreaterThan(0.02);
    expect(after).toBeLessThan(SILENCE);
    await end(page);
  });

  it('answers again from the page after its connection was cut off', async () => {
    const { page, mine } = await live.goLive('?voice=host');
    const [first] = await mine();
    await live.emulator.fault({ fault: 'drop-socket', session: first?.id });
    await waitForStatus(page, 'reconnecting');
    await waitForStatus(page, 'live');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ recoveries: 1 });
    await untilSpeaking(page);
    expect(await mine()).toHaveLength(2);
    await end(page);
  });

  it('answers through the face, whose mouth moves, and falls silent in mid-sentence', async () => {
    const { page, mine } = await live.goLive('?voice=host&face');
    expect((await mine()).map((session) => session.vendor).sort()).toEqual(['akool-streaming', 'dve']);
    await untilSpeaking(page);
    await page.waitForTimeout(400);
    const atMs = await page.evaluate(() => window.probe.interrupt());
    await page.waitForTimeout(700);
    const { sound, mouth } = await page.evaluate(() => window.probe.stopRecording());
    const after = sound.values.filter((_, i) => (sound.timesMs[i] ?? 0) > atMs + 300);
    expect(Math.max(...mouth.values)).toBeGreaterThan(50);
    expect(Math.max(...after)).toBeLessThan(SILENCE);
    expect((await mine()).find((session) => session.vendor === 'akool-streaming')?.interrupts).toBeGreaterThan(0);
    await end(page);
  });

  it('keeps the face when the voice is cut off, and gets the voice back', async () => {
    const { page, mine } = await live.goLive('?voice=host&face');
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    const voice = (await mine()).find((session) => session.vendor === 'dve');
    await live.emulator.fault({ fault: 'drop-socket', session: voice?.id });
    await waitForStatus(page, 'reconnecting');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ hasVideo: true });
    await waitForStatus(page, 'live');
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ hasVideo: true, recoveries: 1 });
    expect((await mine()).filter((session) => session.vendor === 'akool-streaming')).toHaveLength(1);
    await untilSpeaking(page);
    await end(page);
  });
});

describe('a voice service in a browser that plays nothing before a click', () => {
  const live = useLive({ server, strictAutoplay: true });

  it('is heard after the click that starts it', async () => {
    const { page, consoleErrors } = await live.goLive('?voice=host');
    await untilSpeaking(page);
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ sound: 'playing' });
    await end(page);
    expect(consoleErrors).toEqual([]);
  });
});
