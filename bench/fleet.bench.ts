import { createServer } from 'vite';
import type { Bench, BenchResult } from '../scripts/Bench.js';
import { CONNECT_TIMEOUT_MS } from './support/fleetServer.js';
import type { FleetSessionResult } from './support/fleetSession.js';

const isQuick = process.argv.includes('--quick');
const fleet = {
  nodes: 60,
  badNodes: 18,
  sessions: isQuick ? 120 : 400,
  /** Far fewer than there are good nodes: what counts is which are chosen, not how many there are. */
  atTheSameTime: 15,
};

function* compare(name: string, ours: readonly FleetSessionResult[], peer: readonly FleetSessionResult[]): Generator<BenchResult> {
  const note = 'peer: random choice of what discovery lists, never the same node twice running';
  const share = (results: readonly FleetSessionResult[], mostAttempts: number): number =>
    (100 * results.filter(({ attempts }) => attempts !== null && attempts <= mostAttempts).length) / results.length;
  const quantile = (results: readonly FleetSessionResult[], q: number): number =>
    results.map(({ durationMs }) => durationMs).sort((a, b) => a - b)[Math.ceil(q * results.length) - 1] ?? Number.NaN;

  yield { case: `${name}: connected at the first attempt`, ours: share(ours, 1), peer: share(peer, 1), unit: '%', better: 'more', note };
  yield { case: `${name}: connected within three renewals`, ours: share(ours, 4), peer: share(peer, 4), unit: '%', better: 'more', note };
  yield { case: `${name}: until connected, p50`, ours: quantile(ours, 0.5), peer: quantile(peer, 0.5), unit: 'ms', note };
  yield { case: `${name}: until connected, p95`, ours: quantile(ours, 0.95), peer: quantile(peer, 0.95), unit: 'ms', note };
}

export default {
  title: `${fleet.sessions} sessions, ${fleet.atTheSameTime} at a time, on ${fleet.nodes} nodes of which ${fleet.badNodes} refuse, are mute, occupied, slow (2 s) or hang up; a node is given up after ${CONNECT_TIMEOUT_MS / 1_000} s`,
  async *run() {
    // What loaded this file loads no more when it has done so, and relay and probe are loaded when they are needed.
    const loader = await createServer({ configFile: false, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, ws: false }, optimizeDeps: { noDiscovery: true } });
    try {
      const { playFleet } = (await loader.ssrLoadModule('/bench/support/playFleet.ts')) as typeof import('./support/playFleet.js'); // the module of that name
      // The first sessions of a process wait until everything is loaded, which is no matter of choice.
      for (const choice of ['ours', 'random'] as const) await playFleet({ choice, shifts: false, nodes: 4, badNodes: 0, sessions: 4, atTheSameTime: 2 });
      for (const shifts of [false, true]) {
        // At the same time, so that a busy machine is as busy for both.
        const [ours, peer] = await Promise.all([playFleet({ ...fleet, shifts, choice: 'ours' }), playFleet({ ...fleet, shifts, choice: 'random' })]);
        yield* compare(shifts ? 'others go bad half-way' : 'always the same are bad', ours, peer);
      }
    } finally {
      await loader.close();
    }
  },
} satisfies Bench;
