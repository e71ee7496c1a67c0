import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { tryRandomSessions } from '../model/randomSession.js';
import { fuzzTargets } from './fuzzTargets.js';
import { plantedTargets } from './plantedTargets.js';
import { runTarget } from './runTarget.js';

/** What a worker of `npm run fuzz` is asked for. The target `session` counts events. */
export interface FuzzJob {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** What a worker is made with. */
export interface FuzzWorkerData {
  /** Where it writes which mutation it is at. */
  readonly shared: SharedArrayBuffer;
  /** True: readers with faults, in place of ours. */
  readonly planted: boolean;
}

export interface FuzzReport {
  readonly mutations: number;
  readonly slowestMs: number;
  readonly slowestIndex: number;
  /** Bytes that are in use afterwards and were not before, garbage collected. */
  readonly heapGrowth: number;
  /** What was found; null for nothing. */
  readonly finding: string | null;
}

/** A leak of a few bytes a mutation shows above what the engine itself keeps. */
const MAX_HEAP_GROWTH = 24 * 2 ** 20;

// A worker takes no such flag when it is made, and a context that is made after it was set has the function.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

// Read by the thread that waits, also while this one hangs.
const { shared, planted } = workerData as FuzzWorkerData;
const present = new Float64Array(shared);
const targets = planted ? plantedTargets : fuzzTargets;

parentPort?.on('message', (job: FuzzJob | { readonly list: true }) => {
  if ('list' in job) return parentPort?.postMessage(Object.fromEntries(Object.entries(targets).map(([name, { share }]) => [name, share])));
  void run(job).then((report) => parentPort?.postMessage(report));
});

async function run({ target: name, seed, from, count }: FuzzJob): Promise<FuzzReport> {
  // Most of what is refused is refused with an error, whose trace nobody reads until it is repeated alone.
  Error.stackTraceLimit = count === 1 ? 50 : 0;
  const empty = { mutations: 0, slowestMs: 0, slowestIndex: 0, heapGrowth: 0 };
  try {
    if (name === 'session') return { ...empty, mutations: tryRandomSessions({ events: count, seed }), finding: null };
    const target = targets[name];
    if (!target) return { ...empty, finding: 'There is no such target.' };
    const before = heapBytes();
    const ran = await runTarget(target, { seed, from, count, onMutation: (index) => (present[0] = index) });
    const heapGrowth = heapBytes() - before;
    return { ...ran, heapGrowth, finding: heapGrowth > MAX_HEAP_GROWTH ? `${heapGrowth} bytes are kept after ${count} mutations from ${from}` : null };
  } catch (error) {
    return { ...empty, finding: describe(error, count === 1) };
  }
}

/** With the trace of what was thrown, when it is repeated alone. */
function describe(error: unknown, hasTrace: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!hasTrace) return error.message;
  return error.cause === undefined ? (error.stack ?? error.message) : `${error.message}\n${describe(error.cause, true)}`;
}

function heapBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
