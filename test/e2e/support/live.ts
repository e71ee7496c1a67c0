import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { AvatarServerOptions } from 'visavis/server';
import type { Loudspeaker } from '../../../scripts/engines/listenTo.mjs';
import type { Trace } from '../app/probe.js';
import { soundServerOf } from './openEngine.js';
import { openBrowser, openPage, waitForStatus, type OpenBrowserOptions, type Traffic } from './openPage.js';
import { makeSpeechFile } from './speechFile.js';
import { startEmulatorProcess, type EmulatedSession, type EmulatorProcess } from './startEmulatorProcess.js';
import { buildApp, startSite, type Site } from './startSite.js';

/** RMS of sound that a person hears, and of what counts as none. */
export const AUDIBLE = 0.02;
export const SILENCE = 0.004;
/** How long an interrupt may take to be heard. */
const INTERRUPT_LIMIT_MS = 300;

export interface LiveOptions extends Omit<OpenBrowserOptions, 'speechFile'> {
  readonly emulator?: readonly string[];
  /** What the server is given, once the emulator is there. */
  readonly server: (emulator: EmulatorProcess) => Partial<AvatarServerOptions>;
}

export interface LivePage {
  readonly page: Page;
  readonly traffic: Traffic;
  readonly consoleErrors: string[];
  /** The emulator's sessions that began since the page was opened. */
  mine(): Promise<EmulatedSession[]>;
}

export interface Live {
  readonly emulator: EmulatorProcess;
  readonly site: Site;
  /** Hears the loudspeaker from now on; null in a browser whose loudspeaker is a fake of its own. Ends with the browser. */
  listen(): Loudspeaker | null;
  readonly browser: Browser;
  /** Opens the page with a query. */
  open(query?: string): Promise<Omit<LivePage, 'mine'>>;
  /** Opens the page with a query and waits until its session is live. @param prepare is done before it is started. */
  goLive(query?: string, prepare?: (page: Page) => Promise<void>): Promise<LivePage>;
}

/** Runs emulator, server and browser around the tests of a file; real speech is in the microphone. */
export function useLive({ emulator: emulatorArguments = [], server, ...browserOptions }: LiveOptions): Live {
  const pages = new Set<Page>();
  let running: { readonly emulator: EmulatorProcess; readonly site: Site; readonly browser: Browser } | null = null;

  function current(): NonNullable<typeof running> {
    if (!running) throw new Error('Nothing runs outside of the tests.');
    return running;
  }

  async function open(query = ''): Promise<Omit<LivePage, 'mine'>> {
    const { site, browser } = current();
    const opened = await openPage(browser, `${site.url}/${query}`);
    pages.add(opened.page);
    return opened;
  }

  beforeAll(async () => {
    const emulator = await startEmulatorProcess(...emulatorArguments);
    const site = await startSite(await buildApp(), server(emulator));
    running = { emulator, site, browser: await openBrowser({ ...browserOptions, speechFile: await makeSpeechFile() }) };
  });
  afterEach(async () => {
    // A test that failed leaves its avatar engaged, and would take it from the next.
    for (const page of pages) await page.close();
    pages.clear();
    await running?.emulator.clearFaults();
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.site.stop();
    await running?.emulator.stop();
  });

  return {
    get emulator() {
      return current().emulator;
    },
    get site() {
      return current().site;
    },
    listen: () => soundServerOf(current().browser)?.listen() ?? null,
    get browser() {
      return current().browser;
    },
    open,
    async goLive(query = '', prepare) {
      const { emulator } = current();
      const opened = await open(query);
      await prepare?.(opened.page);
      const before = new Set((await emulator.sessions()).map(nameOf));
      await opened.page.getByRole('button', { name: /start/i }).click();
      await waitForStatus(opened.page, 'live');
      await opened.page.evaluate(() => window.probe.startRecording());
      return { ...opened, mine: async () => (await emulator.sessions()).filter((session) => !before.has(nameOf(session))) };
    },
  };
}

/** Waits until the page can be heard. */
export async function untilSpeaking(page: Page): Promise<void> {
  await page.waitForFunction((audible) => window.probe.level() > audible, AUDIBLE, { timeout: 40_000, polling: 20 });
}

/** Waits until the page is silent, as it is between two sentences. */
export async function untilSilent(page: Page): Promise<void> {
  await page.waitForFunction((silence) => window.probe.level() < silence, SILENCE, { timeout: 10_000, polling: 20 });
}

/** Interrupts in mid-sentence and watches on. @returns loudest sound from 300 ms after the interrupt on, and just before it. */
export async function interruptAndListen(page: Page, listenMs = 1200): Promise<{ readonly before: number; readonly after: number }> {
  await untilSpeaking(page);
  await page.waitForTimeout(300);
  await untilSpeaking(page);
  const atMs = await page.evaluate(() => window.probe.interrupt());
  await page.waitForTimeout(INTERRUPT_LIMIT_MS + listenMs);
  const { sound } = await page.evaluate(() => window.probe.stopRecording());
  return { before: loudest(sound, atMs - 400, atMs), after: loudest(sound, atMs + INTERRUPT_LIMIT_MS, Infinity) };
}

/** The largest value of a stretch of a trace. */
function loudest({ timesMs, values }: Trace, fromMs: number, toMs: number): number {
  return Math.max(0, ...values.filter((_, i) => (timesMs[i] ?? 0) >= fromMs && (timesMs[i] ?? 0) < toMs));
}

/** Ends the session as a person would, and closes the page. */
export async function end(page: Page): Promise<void> {
  await page.getByRole('button', { name: /end/i }).click();
  await waitForStatus(page, 'ended');
  await page.close();
}

function nameOf({ id, connection }: EmulatedSession): string {
  return `${id} ${connection}`;
}
