import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CDPSession, Page } from 'playwright';
import { openBrowser, openPage, waitForStatus } from '../e2e/support/openPage.js';
import { makeSpeechFile } from '../e2e/support/speechFile.js';
import { startEmulatorProcess, type EmulatedSession, type EmulatorProcess } from '../e2e/support/startEmulatorProcess.js';
import { buildApp, startSite } from '../e2e/support/startSite.js';
import { CYCLES, type Cycle } from './cycles.js';
import { measurePage, type PageMeasure } from './measurePage.js';

export interface SoakReport {
  readonly minutes: number;
  readonly cycles: number;
  /** Sessions of the emulator that were still open after a cycle. */
  readonly leftOpen: number;
  /** Failures of a cycle, in words. */
  readonly failures: readonly string[];
  /** Each wiring's page, after its first two conversations and at the end. */
  readonly pages: readonly { readonly name: string; readonly first: PageMeasure; readonly last: PageMeasure; readonly conversations: number }[];
  readonly server: { readonly firstBytes: number; readonly lastBytes: number };
  /** How much faster or slower than the clock speech arrived over one undisturbed session, milliseconds a minute; null when it was too short. */
  readonly driftMsPerMinute: number | null;
  readonly undisturbedLostMs: number;
}

interface OpenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly measures: PageMeasure[];
}

const TALK_MS = 5_000;
/** The caches of a page fill in its first conversations. */
const WARM_UP = 2;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // Node's own, once the flag is set

/** Talks through everything for a while, with faults in between, always on the same few pages. */
export async function soak(minutes: number, say: (line: string) => void): Promise<SoakReport> {
  const emulator = await startEmulatorProcess('--nodes', '6');
  const site = await startSite(await buildApp(), {
    akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
    akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
    dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
    channel: { kind: 'loopback', url: emulator.channelUrl },
    limits: { maxSessionsPerSubject: 1_000, maxGrantsPerMinute: 1_000, maxGrantsPerMinuteInTotal: 10_000 },
  });
  const browser = await openBrowser({ speechFile: await makeSpeechFile() });
  const pages = new Map<string, OpenPage>();
  const failures: string[] = [];
  const serverBytes: number[] = [];
  let cycles = 0;
  let leftOpen = 0;

  async function pageOf({ name, query }: Cycle): Promise<OpenPage> {
    const known = pages.get(name);
    if (known) return known;
    const { page } = await openPage(browser, `${site.url}/${query}`);
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
    await page.waitForTimeout(TALK_MS);
    await cycle.strike(page, { fault: strikeNewest });
    await page.waitForTimeout(TALK_MS);
    await page.getByRole('button', { name: /end/i }).click();
    await waitForStatus(page, 'ended');
    await emulator.clearFaults();
    leftOpen += Math.max(0, (await openSessions(emulator)) - 1);
    measures.push(await measurePage(devtools, await page.evaluate(() => window.probe.openMicrophones())));
  }

  const undisturbed = await openPage(browser, `${site.url}/`);
  await undisturbed.page.getByRole('button', { name: /start/i }).click();
  await waitForStatus(undisturbed.page, 'live');
  const [steady] = await emulator.sessions();
  const arrivals: { readonly atMs: number; readonly receivedMs: number }[] = [];
  const noteArrival = async (): Promise<void> => {
    const session = (await emulator.sessions()).find(({ id, connection }) => id === steady?.id && connection === steady.connection);
    arrivals.push({ atMs: performance.now(), receivedMs: session?.receivedMs ?? 0 });
  };

  try {
    const endMs = performance.now() + minutes * 60_000;
    while (performance.now() < endMs || cycles < CYCLES.length) {
      const cycle = CYCLES[cycles % CYCLES.length];
      if (!cycle) break;
      cycles += 1;
      await run(cycle).catch((error: unknown) => {
        failures.push(`${cycle.name}: ${error instanceof Error ? error.message : String(error)}`);
        pages.delete(cycle.name);
      });
      collectGarbage();
      serverBytes.push(process.memoryUsage().heapUsed);
      await noteArrival();
      const { measures = [] } = pages.get(cycle.name) ?? {};
      const last = measures.at(-1);
      say(`${cycles}. ${cycle.name}: page ${megabytes(last?.heapBytes)}, ${last?.nodes} nodes, ${last?.listeners} listeners, ${last?.workers} workers, ${last?.microphones} microphones; server ${megabytes(serverBytes.at(-1))}`);
    }
    const undisturbedLostMs = Number(await undisturbed.page.evaluate(() => window.probe.state()['lostAudioMs']));
    return {
      minutes,
      cycles,
      leftOpen,
      failures,
      pages: [...pages].map(([name, { measures }]) => summary(name, measures)).filter((page) => page !== null),
      server: { firstBytes: serverBytes[CYCLES.length - 1] ?? 0, lastBytes: serverBytes.at(-1) ?? 0 },
      driftMsPerMinute: drift(arrivals),
      undisturbedLostMs,
    };
  } finally {
    await browser.close();
    await site.stop();
    await emulator.stop();
  }
}

async function openSessions(emulator: EmulatorProcess): Promise<number> {
  return (await emulator.sessions()).filter(({ state }) => state !== 'closed').length;
}

function summary(name: string, measures: readonly PageMeasure[]): SoakReport['pages'][number] | null {
  const first = measures[Math.min(WARM_UP, measures.length) - 1];
  const last = measures.at(-1);
  return first && last ? { name, first, last, conversations: measures.length } : null;
}

/** Slope of what arrived over what passed, by least squares. */
function drift(arrivals: readonly { readonly atMs: number; readonly receivedMs: number }[]): number | null {
  const first = arrivals[0];
  const last = arrivals.at(-1);
  if (!first || !last || last.atMs - first.atMs < 60_000) return null;
  const mean = (read: (of: { readonly atMs: number; readonly receivedMs: number }) => number): number => arrivals.reduce((sum, arrival) => sum + read(arrival), 0) / arrivals.length;
  const [meanAt, meanReceived] = [mean(({ atMs }) => atMs), mean(({ receivedMs }) => receivedMs)];
  const covariance = arrivals.reduce((sum, { atMs, receivedMs }) => sum + (atMs - meanAt) * (receivedMs - meanReceived), 0);
  const variance = arrivals.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  return (covariance / variance - 1) * 60_000;
}

function megabytes(bytes = NaN): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
