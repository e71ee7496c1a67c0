import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../server/ledger/startRedis.js';
import { startBalancer, type Balancer } from '../server/fleet/startBalancer.js';
import { buildInstance, type BuiltInstance, type Instance } from '../server/fleet/startInstance.js';
import { end, untilSpeaking } from './support/live.js';
import { openBrowser, openPage, waitForStatus } from './support/openPage.js';
import { makeSpeechFile } from './support/speechFile.js';
import { startEmulatorProcess, type EmulatedSession, type EmulatorProcess } from './support/startEmulatorProcess.js';
import { buildApp, SITE_SECRET, startSite, type Site } from './support/startSite.js';

/** Long enough to be heard on a machine that has other things to do. */
const STORY = 'Once upon a time there was a very patient avatar, that told a very long story to whoever wanted to hear it, and to some who did not. ';

/** What the page's own server would need if it were asked; the page is sent to the fleet. */
const noVendor = (emulator: EmulatorProcess) => ({ dve: { apiKey: emulator.apiKey, assistantId: 'nobody' } });

describe('a page whose relay instance is killed', () => {
  let emulator: EmulatorProcess;
  let redis: TestRedis;
  let built: BuiltInstance;
  let site: Site;
  let browser: Browser;
  let routes: Balancer;
  let relays: Balancer;
  const ports: number[] = [];
  const instances: Instance[] = [];

  beforeAll(async () => {
    emulator = await startEmulatorProcess();
    redis = await startRedis();
    built = await buildInstance();
    site = await startSite(await buildApp(), noVendor(emulator));
    browser = await openBrowser({ speechFile: await makeSpeechFile() });
    [routes, relays] = [await startBalancer(ports), await startBalancer(ports)];
    for (let count = 0; count < 2; count++) {
      const instance = await built.start({
        redisUrl: redis.url,
        options: {
          secret: SITE_SECRET,
          allowedOrigins: [site.url],
          relayUrl: `ws://127.0.0.1:${relays.port}/api/avatar/relay`,
          akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl, defaultAvatarId: 'emulated' },
          akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
          channel: { kind: 'loopback', url: emulator.channelUrl },
        },
      });
      instances.push(instance);
      ports.push(instance.port);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(instances.map((instance) => instance.kill()));
    for (const running of [routes, relays, redis]) await running?.close();
    await site?.stop();
    await built?.remove();
    await emulator?.stop();
  });

  /** Opens the page, starts its session and notes every state that can be seen from then on. */
  async function goLive(query: string) {
    const before = await emulator.sessions();
    const { page, consoleErrors } = await openPage(browser, `${site.url}/?grant=${encodeURIComponent(`http://127.0.0.1:${routes.port}/api/avatar`)}&${query}`);
    await page.getByRole('button', { name: /start/i }).click();
    await waitForStatus(page, 'live');
    await page.evaluate(() => window.probe.startRecording());
    const states: string[] = [];
    await page.exposeFunction('noteState', (state: string) => void states.push(state));
    await page.evaluate(() => {
      const avatar = document.querySelector('[data-slot="avatar"]');
      if (!avatar) throw new Error('There is no avatar.');
      const note: unknown = Reflect.get(window, 'noteState');
      const observer = new MutationObserver(() => typeof note === 'function' && note(avatar.getAttribute('data-state')));
      observer.observe(avatar, { attributes: true, attributeFilter: ['data-state'] });
    });
    const mine = async (): Promise<EmulatedSession[]> => (await emulator.sessions()).filter(({ id, connection }) => !before.some((other) => other.id === id && other.connection === connection));
    return { page, states, mine, consoleErrors };
  }

  /** Kills the one instance that holds this page's relay socket. @returns starts it again */
  async function killOfRelay(): Promise<() => Promise<void>> {
    const [port, ...others] = relays.openTo();
    expect(others).toEqual([]);
    const instance = instances.find((candidate) => candidate.port === port);
    if (!instance) throw new Error('No instance holds the relay socket.');
    await instance.kill();
    return () => instance.restart();
  }

  const says = (page: Page, text: string): Promise<void> => page.evaluate((words) => window.probe.sendText(words), text);
  const answers = (page: Page) => page.evaluate(() => window.probe.transcript().filter(({ role, final }) => role === 'assistant' && final).length);

  it('goes on at another instance with what was said before, in the same session at the vendor', async () => {
    const { page, states, mine } = await goLive('hosted=chat-room&input=none');
    await says(page, STORY);
    await untilSpeaking(page);
    await expect.poll(() => answers(page), { timeout: 30_000 }).toBe(1);
    const before = await page.evaluate(() => window.probe.transcript());

    const restart = await killOfRelay();
    await expect.poll(() => states, { timeout: 30_000 }).toEqual(['reconnecting', 'live']);
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', recoveries: 1, reason: null, hasVideo: true });
    expect((await page.evaluate(() => window.probe.transcript())).slice(0, before.length)).toEqual(before);
    expect(new Set((await mine()).map(({ id }) => id)).size).toBe(1);

    await says(page, `Are you still there? ${STORY}`);
    await expect.poll(() => answers(page), { timeout: 30_000 }).toBe(2);
    await untilSpeaking(page);
    await restart();
    await end(page);
    await expect.poll(async () => (await mine()).filter(({ state }) => state !== 'closed'), { timeout: 10_000 }).toEqual([]);
  });

  it('goes on at another instance with its own avatar, which hears the microphone again', async () => {
    const { page, states, mine } = await goLive('');
    await expect.poll(async () => (await mine())[0]?.receivedMs ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);

    const restart = await killOfRelay();
    await expect.poll(() => states, { timeout: 30_000 }).toEqual(['reconnecting', 'live']);
    const sessions = await mine();
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
    expect(sessions.filter(({ state }) => state !== 'closed')).toHaveLength(1);
    const now = sessions.find(({ state }) => state !== 'closed');
    const heardMs = now?.receivedMs ?? 0;
    await expect.poll(async () => (await mine()).find(({ connection }) => connection === now?.connection)?.receivedMs ?? 0, { timeout: 20_000 }).toBeGreaterThan(heardMs + 500);
    expect(await page.evaluate(() => window.probe.state())).toMatchObject({ status: 'live', recoveries: 1, reason: null });
    await restart();
    await end(page);
  });
});
