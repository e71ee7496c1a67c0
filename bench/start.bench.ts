import type { Bench, BenchResult } from '../scripts/Bench.js';
import { openBrowser } from '../test/e2e/support/openPage.js';
import { startEmulatorProcess } from '../test/e2e/support/startEmulatorProcess.js';
import { buildStartPages } from './start/buildStartPages.js';
import { measureRound, type StartKind, type StartRecord } from './start/measureStart.js';
import { serveStartPages } from './start/serveStartPages.js';
import { medianSpans, quantile, startSpans } from './start/startSpans.js';
import { steadySpeech, writeMicrophoneFile } from './start/steadySpeech.js';

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 3 : 10;

const TITLES: Readonly<Record<Exclude<StartKind, 'floor'>, string>> = {
  cold: 'first visit, nothing loaded before the click',
  slow: 'the same, 80 ms away, 10 Mbit/s',
  warm: 'second visit, files in the cache',
  again: 'second start in the same page',
  preloaded: 'after session.preload()',
};

function* compare(kind: Exclude<StartKind, 'floor'>, ours: readonly StartRecord[], floor: readonly StartRecord[]): Generator<BenchResult> {
  for (const what of ['picture', 'sound'] as const) {
    const delays = (records: readonly StartRecord[]) => records.map((record) => (record[`${what}AtMs`] ?? NaN) - record.clickAtMs);
    yield {
      case: `${TITLES[kind]}: click to first ${what}`,
      ours: Math.round(quantile(delays(ours), 0.5)),
      peer: Math.round(quantile(delays(floor), 0.5)),
      unit: 'ms',
      note: `medians of ${ours.length}; p95 ${Math.round(quantile(delays(ours), 0.95))}, of the bare page ${Math.round(quantile(delays(floor), 0.95))}`,
      ...(what === 'picture' && { spans: medianSpans(ours.map(startSpans)) }),
    };
  }
}

export default {
  title: 'From the click to the avatar, in Chromium on the emulator; beside a bare page that has code and grant before the click and waits for no microphone',
  async *run() {
    const speech = steadySpeech();
    const folder = await buildStartPages();
    const emulator = await startEmulatorProcess('--nodes', '1');
    const site = await serveStartPages(folder, speech, {
      akool: { defaultAvatarId: 'emulated', apiKey: emulator.apiKey, discoveryUrl: emulator.discoveryUrl },
      channel: { kind: 'loopback', url: emulator.channelUrl },
    });
    const browser = await openBrowser({ speechFile: await writeMicrophoneFile(speech) });
    try {
      const stage = { browser, site, emulator };
      // The first round draws the emulator's face and warms every process; nobody's start is measured by it.
      await measureRound(stage, true);
      const rounds: Map<StartKind, StartRecord>[] = [];
      for (let i = 0; i < ROUNDS; i++) rounds.push(await measureRound(stage, QUICK));
      const of = (kind: StartKind) => rounds.flatMap((round) => round.get(kind) ?? []);
      for (const kind of ['cold', 'slow', 'warm', 'again', 'preloaded'] as const) if (of(kind).length > 0) yield* compare(kind, of(kind), of('floor'));
    } finally {
      await browser.close();
      await site.stop();
      await emulator.stop();
    }
  },
} satisfies Bench;
