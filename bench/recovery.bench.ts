import type { Bench, BenchResult } from '../scripts/Bench.js';
import { openBrowser } from '../test/e2e/support/openPage.js';
import { startEmulatorProcess } from '../test/e2e/support/startEmulatorProcess.js';
import { PATIENCE_MS, strikeConversations, type RecoveryRecord, type Strike } from './recovery/measureRecovery.js';
import { buildStartPages } from './start/buildStartPages.js';
import { serveStartPages } from './start/serveStartPages.js';
import { quantile } from './start/startSpans.js';
import { steadySpeech, writeMicrophoneFile } from './start/steadySpeech.js';

const QUICK = process.argv.includes('--quick');
const COUNTS: Readonly<Record<Strike, number>> = QUICK ? { drop: 9, crash: 3, taken: 3 } : { drop: 60, crash: 20, taken: 20 };
/** More would wait for each other on a small machine: each has an avatar to draw, to encode and to decode. */
const PAGES = 2;
/** A node that was lost a moment ago is avoided for half a minute: there are enough others, as there are at the vendor. */
const NODES = 20;
/** What the project has set itself. */
const TARGET_MS = 2000;

const TITLES: Readonly<Record<Strike, string>> = {
  drop: 'socket dropped',
  crash: 'socket dropped, and the node refuses from then on',
  taken: 'socket closed with 4003',
};

function* tell(strike: Strike, records: readonly RecoveryRecord[]): Generator<BenchResult> {
  for (const [what, of] of [['live again', 'liveMs'], ['speech arrives again', 'speechMs']] as const) {
    const delays = records.map((record) => record[of]);
    const lost = delays.filter((ms) => ms >= PATIENCE_MS).length;
    for (const [figure, share] of [['p50', 0.5], ['p95', 0.95], ['max', 1]] as const) {
      const target = figure === 'p95' ? `; the aim is ${TARGET_MS}` : '';
      yield { case: `${TITLES[strike]}: until ${what}, ${figure}`, ours: Math.round(quantile(delays, share)), peer: null, unit: 'ms', note: `of ${delays.length}, ${lost} lost${target}` };
    }
  }
}

export default {
  title: `A running conversation loses its node, ${Object.values(COUNTS).reduce((a, b) => a + b)} times, in ${PAGES} pages at once; from the loss, in Chromium on the emulator`,
  async *run() {
    const speech = steadySpeech();
    const folder = await buildStartPages();
    const emulator = await startEmulatorProcess('--nodes', String(NODES));
    const site = await serveStartPages(folder, speech, {
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    });
    const browser = await openBrowser({ speechFile: await writeMicrophoneFile(speech) });
    try {
      for (const strike of ['drop', 'crash', 'taken'] as const) {
        let left = COUNTS[strike];
        const records: RecoveryRecord[] = [];
        const talk = async () => {
          for await (const record of strikeConversations({ browser, site, emulator }, () => (left-- > 0 ? strike : null))) records.push(record);
        };
        await Promise.all(Array.from({ length: PAGES }, talk));
        yield* tell(strike, records);
      }
    } finally {
      await browser.close();
      await site.stop();
      await emulator.stop();
    }
  },
} satisfies Bench;
