import { afterEach, describe, expect, it } from 'vitest';
import { AUDIBLE, useLive } from '../e2e/support/live.js';
import { openBarePage, type BarePage } from './support/openBarePage.js';

const FROZEN_MS = 6_000;
/** What is under way to the avatar, or lost in a step that is too small to be told yet. */
const SLACK_MS = 700;

describe('a page that is hidden and frozen for a while', () => {
  const live = useLive({
    emulator: ['--nodes', '4'],
    server: (emulator) => ({
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    }),
  });
  let page: BarePage | null = null;
  afterEach(async () => {
    await page?.close();
    page = null;
  });

  async function goLive(): Promise<BarePage> {
    page = await openBarePage(live.browser, `${live.site.url}/`);
    const opened = page;
    await expect.poll(() => opened.evaluate(`document.querySelector('[data-slot="start-button"]') !== null`), { timeout: 30_000 }).toBe(true);
    await opened.evaluate(`document.querySelector('[data-slot="start-button"]').click()`);
    await expect.poll(() => opened.evaluate('probe.state().status'), { timeout: 30_000 }).toBe('live');
    await opened.evaluate('probe.startRecording()');
    return opened;
  }

  it('is there when its user comes back: what was said is whole or counted, and the conversation goes on in both directions', async () => {
    const { evaluate, send } = await goLive();
    const isHeard = () => expect.poll(() => evaluate(`probe.level() > ${AUDIBLE}`), { timeout: 40_000, interval: 20 }).toBe(true);
    const receivedMs = async () => (await live.emulator.sessions()).reduce((sum, session) => sum + session.receivedMs, 0);
    // What it got before the recording began.
    const earlierMs = (await receivedMs()) - Number(await evaluate('probe.microphoneSamples().length / 16'));
    await isHeard();
    await evaluate(`
      window.lifecycle = [];
      for (const type of ['freeze', 'resume', 'visibilitychange']) document.addEventListener(type, () => lifecycle.push(type === 'visibilitychange' ? document.visibilityState : type));
      window.ticks = 0;
      setInterval(() => ticks++, 100);`);
    const ticksBefore = Number(await evaluate('ticks'));
    await send('Page.setWebLifecycleState', { state: 'frozen' });
    // A frozen page can say nothing of what one could wait for.
    await new Promise((resolve) => setTimeout(resolve, FROZEN_MS));
    await send('Page.setWebLifecycleState', { state: 'active' });
    const ticksAfter = Number(await evaluate('ticks'));
    await send('Emulation.setFocusEmulationEnabled', { enabled: true });
    // It was what it is called, else all of this would prove nothing.
    await expect.poll(() => evaluate('lifecycle'), { timeout: 10_000 }).toEqual(['hidden', 'freeze', 'resume', 'visible']);
    expect(ticksAfter - ticksBefore).toBeLessThan(FROZEN_MS / 200);

    await expect.poll(() => evaluate('probe.state().status'), { timeout: 30_000 }).toBe('live');
    expect(await evaluate('probe.state()')).toMatchObject({ status: 'live', reason: null, microphone: 'on', isMicrophoneTaken: false });
    expect(await evaluate('probe.openMicrophones()')).toBe(1);

    // The user is heard.
    const before = await receivedMs();
    await expect.poll(async () => (await receivedMs()) - before, { timeout: 20_000 }).toBeGreaterThan(500);

    const uncountedMs = async (): Promise<number> => {
      const [heardMs, lostMs] = (await evaluate('[probe.microphoneSamples().length / 16, probe.state().lostAudioMs]')) as [number, number]; // as the line says
      return heardMs - lostMs - ((await receivedMs()) - earlierMs);
    };
    await expect.poll(uncountedMs, { timeout: 20_000 }).toBeLessThan(SLACK_MS);
    const { recoveries, lostMs, words } = (await evaluate('({ recoveries: probe.state().recoveries, lostMs: probe.state().lostAudioMs, words: probe.history().words })')) as { recoveries: number; lostMs: number; words: string }; // as the line says
    // Whoever has to be told of a loss was told.
    if (recoveries > 0) expect(words).toMatch(/reconnecting/i);
    else expect(lostMs).toBe(0);
    console.log(`hidden and frozen for ${FROZEN_MS} ms: ${recoveries} recoveries, ${lostMs} ms lost and counted, ${Math.round(await uncountedMs())} ms under way`);

    // And hears. By a hum, since the speech in the microphone may be over by now.
    await evaluate('void probe.speak(Array.from({ length: 16_000 * 40 }, (_, i) => 9000 * Math.sin(i / 12)), 16_000)');
    await isHeard();

    await evaluate(`document.querySelector('[data-slot="end-button"]').click()`);
    await expect.poll(() => evaluate('probe.state().status'), { timeout: 20_000 }).toBe('ended');
    await expect.poll(async () => (await live.emulator.sessions()).filter(({ state }) => state !== 'closed').length, { timeout: 25_000 }).toBe(0);
  });
});
