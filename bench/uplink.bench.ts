import type { Bench, BenchResult } from '../scripts/Bench.js';
import { LOST_MS, measureUplink, type UplinkMeasurement } from './support/measureUplink.js';

const DURATION_MS = process.argv.includes('--quick') ? 8000 : 30_000;

const at = (delays: readonly number[], share: number) => delays[Math.floor(share * (delays.length - 1))] ?? NaN;

function* compare(title: string, { delays, stages }: UplinkMeasurement): Generator<BenchResult> {
  const ours = delays['worker'] ?? [];
  const lost = (sorted: readonly number[]) => sorted.filter((ms) => ms === LOST_MS).length;
  for (const [name, peer] of Object.entries(delays).filter(([other]) => other !== 'worker')) {
    for (const [figure, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
      yield {
        case: `${title}, ${figure}, beside ${name === 'main thread' ? 'ours on the main thread' : name}`,
        ours: at(ours, share),
        peer: at(peer, share),
        unit: 'ms',
        note: `of ${peer.length} clicks lost: ours ${lost(ours)}, peer ${lost(peer)}`,
      };
    }
  }
  for (const [place, passed] of Object.entries(stages)) {
    yield { case: `${title}, p50, on the way: ${place}`, ours: at(passed, 0.5), peer: null, unit: 'ms', note: `p95 ${at(passed, 0.95).toFixed(0)} ms` };
  }
  // No way through an audio context can be shorter than that: it is what the browser takes before any code hears the sound.
  yield { case: `${title}, p50, beside a bare worklet that sends nothing`, ours: at(ours, 0.5), peer: at(stages['a bare worklet'] ?? [], 0.5), unit: 'ms' };
}

export default {
  title: 'From a sound to the server’s socket, in Chromium: everybody at once in one page, in 10 ms frames; ours in its Worker',
  async *run() {
    yield* compare('idle', await measureUplink({ durationMs: DURATION_MS, blocked: false }));
    yield* compare('page blocked 80 of 180 ms', await measureUplink({ durationMs: DURATION_MS, blocked: true }));
  },
} satisfies Bench;
