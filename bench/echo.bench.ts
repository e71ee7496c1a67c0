import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Bench, BenchResult } from '../scripts/Bench.js';
import { echoConditions } from './support/echoConditions.js';
import { addTallies, percentile, type EchoContenderName, type EchoTally, type EchoTask } from './support/echoScore.js';

const isQuick = process.env.ECHO_BENCH === 'quick' || process.argv.includes('--quick');
/** Voices and rooms of the score: nothing was tuned on them. */
const FIRST_SEED = Number(process.env.ECHO_SEED ?? 700_000);
const ROOMS = isQuick ? 4 : 24;
const ECHO_SECONDS = isQuick ? 60 : 150;
const PHRASES = isQuick ? 6 : 8;
const WORKERS = Math.min(2, availableParallelism());

/** Shares the tasks out to threads, each of which takes the next when it has done one. */
async function playAll(tasks: readonly EchoTask[]): Promise<EchoTally[]> {
  const waiting = [...tasks.entries()];
  const tallies: EchoTally[] = [];
  const workers = Array.from({ length: Math.min(WORKERS, tasks.length) }, () => new Worker(new URL('bench/support/echoWorker.mjs', `file://${process.cwd()}/`)));
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          worker.postMessage(next[1]);
          const [tally] = (await once(worker, 'message')) as [EchoTally]; // what the worker posts
          tallies[next[0]] = tally;
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return tallies;
}

async function* judge(index: number): AsyncGenerator<BenchResult> {
  const condition = echoConditions[index];
  if (!condition) return;
  const names: readonly EchoContenderName[] = ['none', 'threshold', 'ours'];
  // The baselines are far off whatever the length: a sixth of the rooms tells.
  const roomsOf = (name: EchoContenderName) => (name === 'ours' ? ROOMS : Math.ceil(ROOMS / 6));
  const tasks = names.flatMap((contender) =>
    Array.from({ length: roomsOf(contender) }, (_, room): EchoTask => ({ condition: index, contender, seed: FIRST_SEED + room, echoSeconds: ECHO_SECONDS, phrases: PHRASES })),
  );
  const tallies = await playAll(tasks);
  const of = (name: EchoContenderName) => addTallies(tallies.filter((_, task) => tasks[task]?.contender === name));
  const [none, threshold, ours] = [of('none'), of('threshold'), of('ours')];
  const { target } = condition;
  const line = (title: string, measure: (tally: EchoTally) => number, unit: string, wanted?: number): BenchResult => ({
    case: `${condition.name}: ${title}`,
    ours: measure(ours),
    peer: measure(threshold),
    ratio: null,
    unit,
    // Of what is counted in shares there cannot be too much.
    ...(unit === '%' && { better: 'more' }),
    note: `peer: threshold +12 dB; no gate ${Number(measure(none).toFixed(1))}${wanted === undefined ? '' : `; target ${wanted}`}`,
  });
  const per10Min = (count: number, tally: EchoTally) => (600 * count) / tally.seconds;
  const signs = (tally: EchoTally) => tally.bargeIns.flatMap(({ signMs }) => signMs ?? []);
  const share = (tally: EchoTally, least: number, most: number, pick: 'signMs' | 'cutMs') => {
    const some = tally.bargeIns.filter(({ seconds }) => seconds >= least && seconds < most);
    return (100 * some.filter((bargeIn) => bargeIn[pick] !== null).length) / some.length;
  };
  yield line(`self-interruptions in ${Math.round(ours.seconds / 60)} min`, (tally) => per10Min(tally.cuts, tally), 'cuts/10 min', target.cutsPer10Min);
  yield line('ducks for nothing', (tally) => per10Min(tally.ducks, tally), 'ducks/10 min', target.ducksPer10Min);
  if (ours.changes > 0) yield line(`self-interruptions in ${ours.changes} changes`, (tally) => tally.cuts / tally.changes, 'cuts/change', target.cutsPerChange);
  yield line(`noticed, of ${ours.bargeIns.length}`, (tally) => share(tally, 0, 9, 'signMs'), '%', target.detectedPercent);
  yield line('noticed, of 0.7 s and more', (tally) => share(tally, 0.7, 9, 'signMs'), '%', target.longDetectedPercent);
  yield line('confirmed', (tally) => share(tally, 0, 9, 'cutMs'), '%');
  yield line('confirmed, of 0.7 s and more', (tally) => share(tally, 0.7, 9, 'cutMs'), '%');
  yield line('first sign, p50', (tally) => percentile(signs(tally), 0.5), 'ms', target.p50Ms);
  yield line('first sign, p95', (tally) => percentile(signs(tally), 0.95), 'ms', target.p95Ms);
  yield line('frame, p50', (tally) => percentile(tally.costsUs, 0.5), 'us');
  yield line('frame, p99', (tally) => percentile(tally.costsUs, 0.99), 'us', 250);
}

export default {
  title: `Who talks? ${isQuick ? 'Quick' : 'Full'}: ${(ROOMS * ECHO_SECONDS) / 60} min of echo and ${ROOMS * PHRASES} barge-ins per condition, in ${ROOMS} rooms`,
  async *run() {
    for (const index of echoConditions.keys()) yield* judge(index);
  },
} satisfies Bench;
