// npm run fuzz -- [--target NAME] [--seed NUMBER] [--mutations NUMBER] [--from NUMBER] [--workers NUMBER] [--events NUMBER] [--planted [--hang-ms NUMBER]]
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    mutations: { type: 'string', default: '10000000' },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    events: { type: 'string', default: '1000000' },
    planted: { type: 'boolean', default: false },
    'hang-ms': { type: 'string', default: '30000' },
  },
});
const seed = Number(values.seed);
/** A mutation that takes longer is taken to hang. */
const HANG_MS = Number(values['hang-ms']);
/** In place of the index of a mutation. */
const NOT_BEGUN = -1;
/** Mutations that a worker makes between two reports of its memory. */
const SLICE = 100_000;

/** @typedef {import('../test/fuzz/fuzzWorker.js').FuzzJob} FuzzJob */
/** @typedef {import('../test/fuzz/fuzzWorker.js').FuzzReport} FuzzReport */

const bundle = fileURLToPath(new URL('../node_modules/.cache/fuzz/fuzzWorker.mjs', import.meta.url));
const build = await rolldown({ input: 'test/fuzz/fuzzWorker.ts', platform: 'node', external: /^(?!\.{0,2}\/)/, resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } }, logLevel: 'silent' });
await build.write({ file: bundle, format: 'esm', codeSplitting: false });

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${values.workers} workers; Node ${process.versions.node}; seed ${seed}`);
console.log('To repeat a mutation: npm run fuzz -- --seed SEED --target TARGET --from INDEX --mutations 1\n');

/** @type {Map<string, { mutations: number, ms: number, slowestMs: number, slowestIndex: number, heapGrowth: number }>} */
const totals = new Map();
let findings = 0;
const startedMs = performance.now();

/** One worker, which is replaced when a mutation hangs. */
async function createWorker() {
  const shared = new SharedArrayBuffer(8);
  const present = new Float64Array(shared);
  const worker = new Worker(bundle, { workerData: { shared, planted: values.planted }, resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  return {
    present,
    stop: () => worker.terminate(),
    /** @param {FuzzJob | { list: true }} job @returns {Promise<any>} */
    run: (job) =>
      new Promise((resolve, reject) => {
        // The session's events are none of these, and a worker that is still loading is at none.
        let last = (present[0] = NOT_BEGUN);
        const watch = setInterval(() => {
          if (present[0] !== last || last === NOT_BEGUN) return void (last = present[0] ?? NOT_BEGUN);
          done();
          reject(new Error(`mutation ${last} has not come to an end within ${HANG_MS / 1_000} s`));
        }, HANG_MS);
        const done = () => {
          clearInterval(watch);
          worker.off('message', onMessage);
          worker.off('error', onError);
        };
        const onMessage = (/** @type {FuzzReport} */ message) => (done(), resolve(message));
        const onError = (/** @type {Error} */ error) => (done(), reject(new Error(`the worker died at mutation ${present[0]}: ${error.message}`)));
        worker.on('message', onMessage);
        worker.on('error', onError);
        worker.postMessage(job);
      }),
  };
}

const first = await createWorker();
/** @type {Record<string, number>} */
const shares = await first.run({ list: true });
await first.stop();
const names = Object.keys(shares).filter((name) => values.target === undefined || name === values.target);
if (names.length === 0 && values.target !== 'session') {
  console.error(`There is no target ${values.target}. There are: ${Object.keys(shares).join(', ')}, session.`);
  process.exit(1);
}

const shareOfAll = names.reduce((sum, name) => sum + (shares[name] ?? 0), 0);
/** @type {FuzzJob[]} */
const jobs = names.flatMap((target) => {
  const count = Math.ceil((Number(values.mutations) * (shares[target] ?? 0)) / shareOfAll);
  return Array.from({ length: Math.ceil(count / SLICE) }, (_, slice) => ({ target, seed, from: Number(values.from) + slice * SLICE, count: Math.min(SLICE, count - slice * SLICE) }));
});
const isWhole = !values.planted && (values.target === undefined || values.target === 'session');
if (isWhole && Number(values.events) > 0) jobs.unshift({ target: 'session', seed, from: 0, count: Number(values.events) });

async function work() {
  let worker = await createWorker();
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const { target, count } = job;
    const jobStartedMs = performance.now();
    try {
      const report = await worker.run(job);
      if (report.finding !== null) throw new Error(report.finding);
      const total = totals.get(target) ?? { mutations: 0, ms: 0, slowestMs: 0, slowestIndex: 0, heapGrowth: 0 };
      totals.set(target, {
        mutations: total.mutations + report.mutations,
        ms: total.ms + performance.now() - jobStartedMs,
        heapGrowth: Math.max(total.heapGrowth, report.heapGrowth),
        ...(report.slowestMs > total.slowestMs ? { slowestMs: report.slowestMs, slowestIndex: report.slowestIndex } : { slowestMs: total.slowestMs, slowestIndex: total.slowestIndex }),
      });
      if (count === SLICE) console.log(`  ${target.padEnd(16)} ${String((job.from + count).toLocaleString('en')).padStart(12)}  ${Math.round(count / ((performance.now() - jobStartedMs) / 1_000)).toLocaleString('en')}/s`);
    } catch (error) {
      findings++;
      console.log(`FOUND in ${target} with seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      // One finding of a target is enough: the next ones would be the same.
      for (let at = jobs.length - 1; at >= 0; at--) if (jobs[at]?.target === target) jobs.splice(at, 1);
      await worker.stop();
      worker = await createWorker();
    }
  }
  await worker.stop();
}
await Promise.all(Array.from({ length: Number(values.workers) }, work));

const seconds = (performance.now() - startedMs) / 1_000;
console.log('\ntarget              mutations      per s   slowest, at index          heap growth');
for (const [name, { mutations, ms, slowestMs, slowestIndex, heapGrowth }] of [...totals].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${name.padEnd(16)} ${mutations.toLocaleString('en').padStart(12)} ${Math.round(mutations / (ms / 1_000)).toLocaleString('en').padStart(10)} ${`${slowestMs.toFixed(1)} ms, ${slowestIndex.toLocaleString('en')}`.padStart(22)} ${`${(heapGrowth / 1_024).toFixed(0)} KB`.padStart(14)}`);
}
const all = [...totals].reduce((sum, [name, { mutations }]) => sum + (name === 'session' ? 0 : mutations), 0);
console.log(`\n${all.toLocaleString('en')} mutations in ${seconds.toFixed(0)} s, ${Math.round(all / seconds).toLocaleString('en')} a second; memory at the end ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB; ${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;
