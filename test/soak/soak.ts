import type { CDPSession, Page } from 'playwright';
import { openBrowser, openPage, waitForStatus } from '../e2e/support/openPage.js';
import { makeSpeechFile } from '../e2e/support/speechFile.js';
import { startEmulatorProcess, type EmulatedSession, type EmulatorProcess } from '../e2e/support/startEmulatorProcess.js';
import { buildApp } from '../e2e/support/startSite.js';
import { CYCLES, type Cycle } from './cycles.js';
import { measurePage, type PageMeasure } from './measurePage.js';
import { plantLeak, type Leak } from './plantLeak.js';
import type { ServerMeasure, SoakReport } from './SoakReport.js';
import { startSiteProcess } from './startSiteProcess.js';
import { trendOf, type Point, type Trend } from './trendOf.js';

interface OpenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly measures: PageMeasure[];
}

const TALK_MS = 5_000;
/** A context closes a moment after the conversation, when its worklet has said that it is done. */
const CLOSE_MS = 500;
const SHORT_TALK_MS = 1_500;
/** Shorter runs talk briefly, and after one conversation of each kind with one page alone, so that it has enough of them for a trend. */
const LONG_MINUTES = 10;

export interface SoakOptions {
  /** What each conversation shall leave behind. */
  readonly leaks?: readonly Leak[];
}

/** Talks through everything for a while, with faults in between, always on the same few pages. */
export async function soak(minutes: number, say: (line: string) => void, { leaks = [] }: SoakOptions = {}): Promise<SoakReport> {
  const emulator = await startEmulatorProcess('--nodes', '6');
  const site = await startSiteProcess(await buildApp(), {
    akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
    akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
    dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
    channel: { kind: 'loopback', url: emulator.channelUrl },
    limits: { maxSessionsPerSubject: 1_000, maxGrantsPerMinute: 1_000, maxGrantsPerMinuteInTotal: 10_000 },
  });
  const browser = await openBrowser({ speechFile: await makeSpeechFile() });
  const pages = new Map<string, OpenPage>();
  const failures: string[] = [];
  const server: ServerMeasure[] = [];
  const talkMs = minutes < LONG_MINUTES ? SHORT_TALK_MS : TALK_MS;
  let conversations = 0;
  let leftOpen = 0;

  async function pageOf({ name, query }: Cycle): Promise<OpenPage> {
    const known = pages.get(name);
    if (known) return known;
    const { page } = await openPage(browser, `${site.url}/${query}`, { keepsTraffic: false });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const opened = { page, devtools, measures: [] };
    pages.set(name, opened);
    return opened;
  }

  /** Faults hit everyone whom they fit: here they name the latest session, so that the undisturbed one stays so. */
  async function strikeNewest(request: Record<string, unknown>): Promise<void> {
    const isMeant = ({ state, vendor, id }: EmulatedSession): boolean => state !== 'closed' && id !== steady?.id && (request['vendor'] === undefined || request['vendor'] === vendor);
    const newest = (await emulator.sessions()).findLast(isMeant);
    if (!newest) throw new Error('There is no session to be struck.');
    await emulator.fault({ ...request, session: request['fault'] === 'drop-channel' ? newest.channel : newest.id });
  }

  async function run(cycle: Cycle): Promise<void> {
    const { page, devtools, measures } = await pageOf(cycle);
    await page.getByRole('button', { name: /start|talk again|try again/i }).click();
    await waitForStatus(page, 'live');
    await page.waitForTimeout(talkMs);
    await cycle.strike(page, { fault: strikeNewest });
    await page.waitForTimeout(talkMs);
    await page.getByRole('button', { name: /end/i }).click();
    await waitForStatus(page, 'ended');
    await emulator.clearFaults();
    leftOpen += await leftAfter(emulator, CLOSE_MS * 10);
    for (const leak of leaks) await plantLeak(leak, page, site);
    await page.waitForTimeout(CLOSE_MS);
    measures.push(await measurePage(devtools, await page.evaluate(() => window.probe.openMicrophones())));
  }

  const undisturbed = await openPage(browser, `${site.url}/`, { keepsTraffic: false });
  await undisturbed.page.getByRole('button', { name: /start/i }).click();
  await waitForStatus(undisturbed.page, 'live');
  const [steady] = await emulator.sessions();
  const arrivals: Point[] = [];
  const noteArrival = async (): Promise<void> => {
    const session = (await emulator.sessions()).find(({ id, connection }) => id === steady?.id && connection === steady.connection);
    if (session) arrivals.push([performance.now() / 60_000, session.receivedMs]);
    else failures.push('The undisturbed session is not known to the vendor any more.');
  };

  try {
    const endMs = performance.now() + minutes * 60_000;
    while (performance.now() < endMs || conversations < CYCLES.length) {
      const isOneForAll = minutes < LONG_MINUTES && conversations >= CYCLES.length;
      const cycle = CYCLES[isOneForAll ? 0 : conversations % CYCLES.length];
      if (!cycle) break;
      conversations += 1;
      await run(cycle).catch((error: unknown) => {
        failures.push(`${cycle.name}: ${error instanceof Error ? error.message : String(error)}`);
        pages.delete(cycle.name);
      });
      const held = await site.measure();
      server.push(held);
      await noteArrival();
      const { measures = [] } = pages.get(cycle.name) ?? {};
      const last = measures.at(-1);
      say(`${conversations}. ${cycle.name}: page ${megabytes(last?.heapBytes)}, ${last?.nodes} nodes, ${last?.listeners} listeners, ${last?.peers} peers, ${last?.workers} workers, ${last?.worklets} worklets, ${last?.microphones} microphones; server ${megabytes(held.heapBytes)}, ${held.sockets} sockets, ${held.timers} timers`);
    }
    const { status, lostAudioMs, recoveries } = await undisturbed.page.evaluate(() => window.probe.state());
    return {
      minutes,
      conversations,
      leftOpen,
      failures,
      pages: [...pages].map(([name, { measures }]) => ({ name, samples: measures })),
      server,
      steady: { status: String(status), lostMs: Number(lostAudioMs), recoveries: Number(recoveries), driftMsPerMinute: driftOf(arrivals) },
    };
  } finally {
    await browser.close();
    await site.stop();
    await emulator.stop();
  }
}

/** How many sessions beside the undisturbed one are still open at the vendor, when they have had some time to end there. */
async function leftAfter(emulator: EmulatorProcess, waitMs: number): Promise<number> {
  const untilMs = performance.now() + waitMs;
  for (;;) {
    const left = Math.max(0, (await openSessions(emulator)) - 1);
    if (left === 0 || performance.now() > untilMs) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function openSessions(emulator: EmulatorProcess): Promise<number> {
  return (await emulator.sessions()).filter(({ state }) => state !== 'closed').length;
}

/** Slope of what arrived over what passed. */
function driftOf(arrivals: readonly Point[]): Trend | null {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (!first || !last || last[0] - first[0] < 1) return null;
  const trend = trendOf(arrivals);
  return trend && { slope: trend.slope - 60_000, error: trend.error };
}

function megabytes(bytes = NaN): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
