import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { judgeSync } from './support/judgeSync.js';
import { judgeUplink } from './support/judgeUplink.js';
import { AUDIBLE, SILENCE, untilSpeaking, useLive } from './support/live.js';
import { waitForStatus } from './support/openPage.js';
import { envelope, findOffset, readWav, readWavFile } from './support/signals.js';
import { SPEECH_FILE } from './support/speechFile.js';
import { SITE_SECRET } from './support/startSite.js';

const RATE_HZ = 16_000;
/** One audio message. The few that are on their way when a node dies are known to nobody. */
const CHUNK_MS = 64;
const source = readWavFile(SPEECH_FILE).samples;

describe('the live puppet, with speech in the microphone', () => {
  const live = useLive({
    emulator: ['--api-key', 'sk-e2e-vendor-key'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });

  it('carries the speech to the node sample by sample, and shows and plays it in sync', async () => {
    const { page, mine, consoleErrors } = await live.goLive();
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await page.waitForTimeout(12_000);
    const recording = await page.evaluate(() => window.probe.stopRecording());
    await page.getByRole('button', { name: /end/i }).click();
    await waitForStatus(page, 'ended');

    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    const received = readWav(await live.emulator.audio(node)).samples;
    const { shift, whole, worst, shifts } = judgeUplink(source, received);
    console.log(`shift ${shift}, received ${(received.length / RATE_HZ).toFixed(2)} s, correlation ${whole.toFixed(4)}, worst half second ${worst.score.toFixed(4)} at ${worst.atMs} ms, shifts ${shifts.join(' ')}`);
    expect(received.length).toBeGreaterThan(10 * RATE_HZ);
    expect(whole).toBeGreaterThanOrEqual(0.98);
    // Half a second may be little but an "s", much of which lies above the 7 kHz that 16 kHz sound passes flat.
    expect(worst.score).toBeGreaterThanOrEqual(0.95);
    expect(Math.max(...shifts) - Math.min(...shifts)).toBeLessThanOrEqual(1);

    const { mouth, sound, speech, sync, follow, voiceDelayMs } = judgeSync(recording, source);
    console.log(`mouth and sound correlate ${sync.score.toFixed(3)} at ${sync.lagMs} ms; mouth and speech ${follow.toFixed(3)}; ${recording.mouth.values.length} pictures; loudest ${Math.max(...sound).toFixed(3)}; from microphone to avatar's voice ${voiceDelayMs} ms`);
    await mkdir('test-results', { recursive: true });
    await writeFile('test-results/puppet.json', JSON.stringify({ mouth, sound, speech }));
    expect(Math.max(...sound)).toBeGreaterThan(0.05);
    expect(sync.score).toBeGreaterThanOrEqual(0.7);
    expect(Math.abs(sync.lagMs)).toBeLessThanOrEqual(120);
    expect(follow).toBeGreaterThanOrEqual(0.7);
    expect(consoleErrors).toEqual([]);
  });

  it('falls silent and closes its mouth within 300 ms of an interrupt, and listens again after a pause', async () => {
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    const atMs = await page.evaluate(() => window.probe.interrupt());
    expect(await page.evaluate(() => window.probe.state()['turnId'])).toBe(1);
    await page.waitForFunction(() => window.probe.state()['inputHeld'] === false, null, { timeout: 15_000 });
    const releasedMs = await page.evaluate(() => performance.now());
    await untilSpeaking(page);
    const { sound, mouth } = await page.evaluate(() => window.probe.stopRecording());

    const during = (trace: { timesMs: number[]; values: number[] }, fromMs: number, toMs: number) => trace.values.filter((_, i) => (trace.timesMs[i] ?? 0) >= fromMs && (trace.timesMs[i] ?? 0) < toMs);
    const silentFromMs = sound.timesMs[sound.values.findIndex((_, i) => (sound.timesMs[i] ?? 0) >= atMs && during(sound, sound.timesMs[i] ?? 0, (sound.timesMs[i] ?? 0) + 150).every((value) => value < SILENCE))] ?? Infinity;
    console.log(`silent ${Math.round(silentFromMs - atMs)} ms after the interrupt, held for ${Math.round(releasedMs - atMs)} ms`);
    expect(Math.max(...during(sound, atMs - 300, atMs))).toBeGreaterThan(AUDIBLE);
    expect(silentFromMs - atMs).toBeLessThanOrEqual(300);
    expect(Math.max(...during(sound, atMs + 300, releasedMs))).toBeLessThan(SILENCE);
    expect(Math.max(0, ...during(mouth, atMs + 500, releasedMs))).toBeLessThan(Math.max(...mouth.values) / 5);
    expect((await mine())[0]?.interrupts).toBe(1);
    await page.close();
  });

  it('recovers on the other node when its socket is cut in mid-speech, and says how much was lost', async () => {
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    await page.waitForTimeout(4000); // enough speech to find its place in the source
    await untilSpeaking(page);
    const [first] = await mine();
    if (!first) throw new Error('The emulator saw no session.');
    await live.emulator.fault({ fault: 'drop-socket', node: first.node });
    await waitForStatus(page, 'reconnecting');
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/reconnecting/i);
    await waitForStatus(page, 'live');
    await untilSpeaking(page);
    await page.waitForFunction(() => window.probe.state()['hasVideo'] === true);
    await page.waitForTimeout(2000);
    const { recoveries } = await page.evaluate(() => window.probe.stopRecording());
    const state = await page.evaluate(() => window.probe.state());
    await page.getByRole('button', { name: /end/i }).click();
    await waitForStatus(page, 'ended');

    const second = (await mine()).find((session) => session.node !== first.node);
    if (!second) throw new Error('The other node saw no session.');
    const [before, after] = [readWav(await live.emulator.audio(first)).samples, readWav(await live.emulator.audio(second)).samples];
    const loudest = (samples: Int16Array) => samples.subarray(...loudestPart(samples));
    const place = (samples: Int16Array) => findOffset(source, loudest(samples)).offset - loudestPart(samples)[0];
    const gapMs = ((place(after) - (place(before) + before.length)) / RATE_HZ) * 1000;
    console.log(`lost ${Math.round(gapMs)} ms by the recordings, ${recoveries[0]?.lostAudioMs} ms as reported, back after ${recoveries[0]?.downtimeMs} ms`);
    expect(state).toMatchObject({ status: 'live', recoveries: 1 });
    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]?.lostAudioMs).toBeGreaterThan(0);
    expect(Math.abs(gapMs - (recoveries[0]?.lostAudioMs ?? 0))).toBeLessThanOrEqual(4 * CHUNK_MS);
    await page.close();
  });

  it('says what the application gives it, sample for sample, and stops in mid-sentence', async () => {
    const { page, mine } = await live.goLive('?input=none');
    const words = source.subarray(3.1 * RATE_HZ, 5.1 * RATE_HZ);
    const saying = page.evaluate(([samples, rateHz]) => window.probe.speak(samples, rateHz), [[...words], RATE_HZ] as const);
    await untilSpeaking(page);
    expect(await saying).toEqual({ interrupted: false, sentMs: 2000 });
    const [node] = await mine();
    if (!node) throw new Error('The emulator saw no session.');
    await expect.poll(async () => readWav(await live.emulator.audio(node)).samples.length).toBe(words.length);
    expect(readWav(await live.emulator.audio(node)).samples).toEqual(new Int16Array(words));

    const cut = page.evaluate(([samples, rateHz]) => window.probe.speak(samples, rateHz), [[...source.subarray(7 * RATE_HZ)], RATE_HZ] as const);
    await page.waitForTimeout(1500);
    await untilSpeaking(page);
    await page.evaluate(() => window.probe.interrupt());
    expect(await cut).toMatchObject({ interrupted: true });
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => window.probe.level())).toBeLessThan(SILENCE);
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', microphone: 'off' });
    await page.close();
  });

  it('works as one line under StrictMode: one session, one microphone, and nothing left after the end', async () => {
    const { page, mine, consoleErrors } = await (async () => {
      const opened = await live.open('?plain');
      const before = (await live.emulator.sessions()).length;
      await opened.page.getByRole('button', { name: /start/i }).click();
      await opened.page.waitForSelector('[data-slot="avatar"][data-state="live"]');
      return { ...opened, mine: async () => (await live.emulator.sessions()).slice(before) };
    })();
    expect(await mine()).toHaveLength(1);
    await page.getByRole('button', { name: /end/i }).click();
    await page.waitForSelector('[data-slot="avatar"][data-state="ended"]');
    await expect.poll(async () => (await mine()).map((session) => session.state)).toEqual(['closed']);
    expect(await page.locator('video').count()).toBe(0);
    expect(consoleErrors).toEqual([]);
    await page.close();
  });

  it('sends no key, no node address and no token of the avatar to the browser', async () => {
    const { page, traffic } = await live.goLive();
    await untilSpeaking(page);
    await page.getByRole('button', { name: /end/i }).click();
    await waitForStatus(page, 'ended');
    const everything = traffic.texts.join('\n');
    expect(everything).toContain('websocket_connected');
    expect(everything).not.toContain(live.emulator.apiKey);
    expect(everything).not.toContain(SITE_SECRET);
    expect(everything).not.toContain('agora_data');
    expect(everything).not.toContain('/streamingAvatar/');
    const log = JSON.stringify(live.site.logs);
    expect(log).not.toContain(live.emulator.apiKey);
    await page.close();
  });

  it('frees the node when the page is closed in mid-speech', async () => {
    const { page, mine } = await live.goLive();
    await untilSpeaking(page);
    await page.close({ runBeforeUnload: false });
    await expect.poll(async () => (await mine()).map((session) => session.state), { timeout: 5000 }).toEqual(['closed']);
  });
});

/** Start and end of the loudest second and a half. */
function loudestPart(samples: Int16Array): [number, number] {
  const length = Math.min(samples.length, 1.5 * RATE_HZ);
  const levels = envelope(samples, RATE_HZ / 10);
  let best = { start: 0, energy: -1 };
  for (let start = 0; start * (RATE_HZ / 10) + length <= samples.length; start++) {
    const energy = levels.slice(start, start + 15).reduce((sum, level) => sum + level, 0);
    if (energy > best.energy) best = { start: start * (RATE_HZ / 10), energy };
  }
  return [best.start, best.start + length];
}
