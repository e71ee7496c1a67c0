import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import type { EmulatedSession, EmulatorProcess } from '../../test/e2e/support/startEmulatorProcess.js';
import type { StartSite } from '../start/serveStartPages.js';
import { watchRecovery, type StatusMoment } from './watchRecovery.js';

/** What happens to a conversation. */
export type Strike = 'drop' | 'crash' | 'taken';

/** What one strike has cost, milliseconds from when it was asked for. */
export interface RecoveryRecord {
  readonly strike: Strike;
  /** Until the page showed that it is live again. {@link PATIENCE_MS} where it did not. */
  readonly liveMs: number;
  /** Until the user's speech reached a node again. {@link PATIENCE_MS} where it did not. */
  readonly speechMs: number;
}

export interface RecoveryStage {
  readonly browser: Browser;
  readonly site: StartSite;
  readonly emulator: EmulatorProcess;
}

/** Who is not back by then counts as lost. */
export const PATIENCE_MS = 30_000;
/** A conversation has run so well for so long before anything happens to it. */
const HEALTHY_MS = 3000;
const LOOK_MS = 20;

/** Talks in one page, one conversation after the other, and lets one thing go wrong in each. */
export async function* strikeConversations({ browser, site, emulator }: RecoveryStage, next: () => Strike | null): AsyncGenerator<RecoveryRecord> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  try {
    await context.addInitScript(watchRecovery);
    const page = await context.newPage();
    await page.goto(site.url, { waitUntil: 'load' });
    for (let strike = next(); strike; strike = next()) {
      const sessionId = await begin(page);
      const before = await until(() => speechAt(emulator, sessionId, 1), PATIENCE_MS);
      if (!before) throw new Error('No speech reached the node of a conversation that nobody has disturbed.');
      await delay(HEALTHY_MS);
      const atMs = Date.now();
      await hit(emulator, strike, before);
      yield { strike, ...(await follow(page, emulator, before, atMs)) };
      await page.getByRole('button', { name: /end/i }).click({ timeout: PATIENCE_MS }).catch(() => undefined); // one that was lost has ended already
      await page.waitForSelector('[data-slot="avatar"]:is([data-state="ended"], [data-state="failed"])');
    }
  } finally {
    await context.close();
  }
}

/** @returns the name of the session that was granted. */
async function begin(page: Page): Promise<string> {
  const granted = page.waitForResponse((response) => response.url().endsWith('/session') && response.request().method() === 'POST', { timeout: PATIENCE_MS });
  await page.locator('[data-slot="start-button"]').click();
  const { sessionId } = (await (await granted).json()) as { sessionId: string }; // by this same package
  await page.waitForSelector('[data-slot="avatar"][data-state="live"]');
  return sessionId;
}

async function hit(emulator: EmulatorProcess, strike: Strike, { id, node }: EmulatedSession): Promise<void> {
  // The node does not come back, to this session: what happens to the others is another conversation's.
  if (strike === 'crash') await emulator.fault({ fault: 'refuse-node', node, session: id, forever: true });
  await emulator.fault(strike === 'taken' ? { fault: 'close-socket', code: 4003, session: id } : { fault: 'drop-socket', session: id });
}

async function follow(page: Page, emulator: EmulatorProcess, { id, connection }: EmulatedSession, atMs: number): Promise<Omit<RecoveryRecord, 'strike'>> {
  const speaking = until(async () => ((await speechAt(emulator, id, connection + 1)) ? Date.now() : undefined), PATIENCE_MS);
  const living = until(async () => liveAgainAt(await page.evaluate(() => window.readStatuses()), atMs), PATIENCE_MS);
  const [speechAtMs = Infinity, liveAtMs = Infinity] = await Promise.all([speaking, living]);
  return { liveMs: Math.min(PATIENCE_MS, liveAtMs - atMs), speechMs: Math.min(PATIENCE_MS, speechAtMs - atMs) };
}

/** When the page showed that it is live, after it had shown that it is not. */
function liveAgainAt(statuses: readonly StatusMoment[], sinceMs: number): number | undefined {
  const since = statuses.filter(({ atMs }) => atMs >= sinceMs);
  const lostAt = since.findIndex(({ status }) => status === 'reconnecting');
  return lostAt < 0 ? undefined : since.slice(lostAt + 1).find(({ status }) => status === 'live')?.atMs;
}

/** The session's connection, that one or a later one, once speech has come through it. */
async function speechAt(emulator: EmulatorProcess, id: string, fromConnection: number): Promise<EmulatedSession | undefined> {
  return (await emulator.sessions()).find((session) => session.id === id && session.connection >= fromConnection && session.receivedMs > 0);
}

async function until<Found>(look: () => Promise<Found | undefined>, patienceMs: number): Promise<Found | undefined> {
  const endMs = Date.now() + patienceMs;
  for (let found = await look(); ; found = await look()) {
    if (found !== undefined || Date.now() > endMs) return found;
    await delay(LOOK_MS);
  }
}
