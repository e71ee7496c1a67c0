import type { Bench, BenchResult } from '../scripts/Bench.js';
import { LOST_MS, measureUplink, type UplinkDelays } from './support/measureUplink.js';

const DURATION_MS = process.argv.includes('--quick') ? 8000 : 30_000;

function* compare(title: string, delays: UplinkDelays): Generator<BenchResult> {
  const at = (name: string, share: number) => {
    const sorted = delays[name] ?? [];
    return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  };
  const lost = (name: string) => delays[name]?.filter((ms) => ms === LOST_MS).length ?? 0;
  for (const peer of Object.keys(delays).filter((name) => name !== 'worker')) {
    for (const [figure, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
      yield {
        case: `${title}, ${figure}, beside ${peer === 'main thread' ? 'ours on the main thread' : peer}`,
        ours: at('worker', share),
        peer: at(peer, share),
        unit: 'ms',
        note: `of ${delays[peer]?.length ?? 0} clicks lost: ours ${lost('worker')}, peer ${lost(peer)}`,
      };
    }
  }
}

export default {
  title: 'From a sound to the server’s socket, in Chromium: everybody at once in one page, in 10 ms frames; ours in its Worker',
  async *run() {
    yield* compare('idle', await measureUplink({ durationMs: DURATION_MS, blocked: false }));
    yield* compare('page blocked 80 of 180 ms', await measureUplink({ durationMs: DURATION_MS, blocked: true }));
  },
} satisfies Bench;
