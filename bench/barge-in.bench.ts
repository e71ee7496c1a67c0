import type { Browser } from 'playwright';
import type { Bench, BenchResult } from '../scripts/Bench.js';
import { bargeInOf } from '../test/e2e/support/bargeIn.js';
import { openBrowser, openPage, waitForStatus } from '../test/e2e/support/openPage.js';
import { makeSpeechFile } from '../test/e2e/support/speechFile.js';
import { startEmulatorProcess } from '../test/e2e/support/startEmulatorProcess.js';
import { buildApp, startSite } from '../test/e2e/support/startSite.js';

const TRIALS = 10;
const AUDIBLE = 0.02;

type Figures = ReturnType<typeof bargeInOf>;

/** Real speech over a speaking avatar, in Chromium with a fake microphone. Without echo: what is measured is the way of a decision. */
export default {
  title: 'Speaking over a speaking assistant: onset to duck, onset to cut, cut to silence',
  peers: ['playwright'],
  async *run() {
    const emulator = await startEmulatorProcess();
    const site = await startSite(await buildApp(), {
      akool: { apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    });
    const browser = await openBrowser({ speechFile: await makeSpeechFile() });
    try {
      for (const [name, query] of [['from the page', '?talks'], ['through the face', '?talks&face']] as const) {
        const trials: Figures[] = [];
        for (let i = 0; i < TRIALS; i++) trials.push(await speakOver(browser, site.url + '/' + query));
        yield* spreadOf(name, 'onset to duck', trials.map(({ duckMs }) => duckMs));
        yield* spreadOf(name, 'onset to cut', trials.map(({ cutMs }) => cutMs));
        yield* spreadOf(name, 'cut to silence', trials.map(({ silenceMs }) => silenceMs));
      }
    } finally {
      await browser.close();
      await site.stop();
      await emulator.stop();
    }
  },
} satisfies Bench;

async function speakOver(browser: Browser, url: string): Promise<Figures> {
  const { page } = await openPage(browser, url);
  await page.getByRole('button', { name: /start/i }).click();
  await waitForStatus(page, 'live');
  await page.evaluate(() => window.probe.startRecording());
  await page.waitForFunction((audible) => window.probe.level() > audible, AUDIBLE, { timeout: 40_000, polling: 20 });
  await page.waitForFunction(() => Number(window.probe.state()['turnId']) > 0, null, { timeout: 40_000, polling: 20 });
  await page.waitForTimeout(600);
  const figures = bargeInOf(await page.evaluate(() => window.probe.stopRecording()));
  await page.close();
  return figures;
}

function* spreadOf(place: string, what: string, values: readonly number[]): Generator<BenchResult> {
  const sorted = [...values].sort((a, b) => a - b);
  for (const [name, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
    const ours = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
    yield { case: `${what}, ${place}, ${name}`, ours, peer: null, unit: 'ms', note: `${sorted.length} trials` };
  }
}
