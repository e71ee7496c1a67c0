import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { EmulatorProcess } from '../../test/e2e/support/startEmulatorProcess.js';
import type { ServerMoment, StartSite } from './serveStartPages.js';
import { watchStart, type StartSight } from './watchStart.js';

/** A start as the page and the server saw it. */
export interface StartRecord extends StartSight {
  readonly server: readonly ServerMoment[];
}

/** How a visitor comes to the button. */
export type StartKind = 'cold' | 'slow' | 'again' | 'warm' | 'preloaded' | 'floor';

export interface StartStage {
  readonly browser: Browser;
  readonly site: StartSite;
  readonly emulator: EmulatorProcess;
}

const PATIENCE_MS = 60_000;
/** A link that is far, in the browser's own simulation: requests wait for this, and share that. Sockets and media do not. */
const SLOW_LINK = { latency: 80, downloadThroughput: 10e6 / 8, uploadThroughput: 5e6 / 8, offline: false };
/** The emulator's node wants to be left alone for 250 ms. */
const COOLDOWN_MS = 400;

/** One visitor's starts, each in the order in which a browser has more and more of what they need. */
export async function measureRound(stage: StartStage, quick: boolean): Promise<Map<StartKind, StartRecord>> {
  const records = new Map<StartKind, StartRecord>();
  await visit(stage, async (context) => {
    const page = await openPage(stage, context, '/');
    records.set('cold', await start(stage, page, clickUnannounced));
    await end(stage, page);
    await context.grantPermissions(['microphone'], { origin: stage.site.url });
    records.set('again', await start(stage, page, clickUnannounced));
    await end(stage, page);
    await page.close();
    const next = await openPage(stage, context, '/');
    records.set('warm', await start(stage, next, clickUnannounced));
    await end(stage, next);
  });
  await visit(stage, async (context) => {
    await context.grantPermissions(['microphone'], { origin: stage.site.url });
    const page = await openPage(stage, context, '/');
    await hoverUntilLoaded(page);
    records.set('preloaded', await start(stage, page, async () => page.mouse.down().then(() => page.mouse.up())));
    await end(stage, page);
  });
  await visit(stage, async (context) => {
    records.set('floor', await start(stage, await openPage(stage, context, '/floor.html'), clickUnannounced));
  });
  if (quick) return records;
  await visit(stage, async (context) => {
    const page = await openPage(stage, context, '/', SLOW_LINK);
    records.set('slow', await start(stage, page, clickUnannounced));
    await end(stage, page);
  });
  return records;
}

/** A profile of its own: nothing cached, nothing allowed. */
async function visit({ browser, emulator }: StartStage, go: (context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  try {
    await context.addInitScript(watchStart);
    await go(context);
  } finally {
    await context.close();
    await untilLeft(emulator);
  }
}

async function openPage({ site }: StartStage, context: BrowserContext, path: string, link?: typeof SLOW_LINK): Promise<Page> {
  const page = await context.newPage();
  if (link) await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', link);
  await page.goto(site.url + path, { waitUntil: 'load' });
  await page.waitForSelector('button:not([disabled])');
  return page;
}

async function start({ site }: StartStage, page: Page, click: (page: Page) => Promise<void>): Promise<StartRecord> {
  site.moments.length = 0;
  await click(page);
  try {
    await page.waitForFunction(() => window.readStart().done, null, { timeout: PATIENCE_MS, polling: 50 });
  } catch (cause) {
    throw new Error(`Not seen and heard within ${PATIENCE_MS} ms: ${JSON.stringify(await page.evaluate(() => window.readStart()))}`, { cause });
  }
  return { ...(await page.evaluate(() => window.readStart())), server: [...site.moments] };
}

async function end({ emulator }: StartStage, page: Page): Promise<void> {
  await page.getByRole('button', { name: /end/i }).click();
  await page.waitForSelector('[data-slot="avatar"][data-state="ended"]');
  await untilLeft(emulator);
}

/** The node takes one session at a time. */
async function untilLeft(emulator: EmulatorProcess): Promise<void> {
  while ((await emulator.sessions()).some(({ state }) => state !== 'closed')) await delay(50);
  await delay(COOLDOWN_MS);
}

/** As a key or a script does it: nothing tells beforehand that the button is to be pressed. */
async function clickUnannounced(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-slot="start-button"], button')?.click());
}

/** The pointer rests on the button until nothing more is fetched. */
async function hoverUntilLoaded(page: Page): Promise<void> {
  await page.hover('[data-slot="start-button"]');
  await page.waitForFunction(() => /connectAkoolStreaming/.test(performance.getEntriesByType('resource').map(({ name }) => name).join()), null, { timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
}
