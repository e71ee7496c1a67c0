import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bench } from '../scripts/Bench.js';
import { timeContenders } from '../scripts/timeContenders.js';
import { createConsecutiveVad } from '../src/turn-taking/vad/createConsecutiveVad.js';
import { createRatioVad } from '../src/turn-taking/vad/createRatioVad.js';
import { resolveVadConfig } from '../src/turn-taking/vad/VadConfig.js';
import type { VadMachine } from '../src/turn-taking/vad/VadState.js';
import { createConsecutiveOracle, createRatioOracle } from '../test/unit/turn-taking/vad/oracle.js';

const FRAMES = 100_000;
/** So few that the collector has no reason to run: it begins with megabytes. */
const ALLOCATION_FRAMES = 200_000;
/** What a frame may take. */
const MOST_NS = 100;

const config = resolveVadConfig();
const random = randomFrames();

export default {
  title: `Decide about ${FRAMES.toLocaleString('en')} frames, with Agora's windows of 46 and 50 frames`,
  async *run() {
    for (const generation of ['ratio', 'consecutive'] as const) {
      const machine = generation === 'ratio' ? createRatioVad(config, false) : createConsecutiveVad(config, false);
      const oracle = generation === 'ratio' ? createRatioOracle(config) : createConsecutiveOracle(config);
      const { rms } = random[generation];
      const probability = random[generation].probability;
      const timesMs = await timeContenders({
        ours: () => run(machine, probability, rms, FRAMES),
        plain: () => {
          for (let i = 0; i < FRAMES; i++) oracle({ farField: true, probability: probability[i] ?? 0, rms: rms[i] ?? 0 });
        },
      }, { rounds: 10 });
      const nsPerFrame = (timeMs: number) => (timeMs * 1e6) / FRAMES;
      yield { case: `${generation}: a frame`, ours: nsPerFrame(timesMs.ours), peer: MOST_NS, unit: 'ns', note: 'peer: the limit' };
      yield { case: `${generation}: a frame, beside the description taken at its word`, ours: nsPerFrame(timesMs.ours), peer: nsPerFrame(timesMs.plain), unit: 'ns' };
      yield { case: `${generation}: allocated by a frame`, ours: bytesPerFrame(machine, probability, rms), peer: null, unit: 'bytes', note: `heap after ${ALLOCATION_FRAMES.toLocaleString('en')} frames, too few for a collection` };
    }
  },
} satisfies Bench;

function run(machine: VadMachine, probability: Float64Array, rms: Float64Array, frames: number): number {
  let starts = 0;
  for (let i = 0; i < frames; i++) if (machine.step(true, probability[i % FRAMES] ?? 0, rms[i % FRAMES] ?? 0) === 1) starts++;
  return starts;
}

/** Heap that is gone after many frames. */
function bytesPerFrame(machine: VadMachine, probability: Float64Array, rms: Float64Array): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // what the flag has just made
  collect();
  const before = process.memoryUsage().heapUsed;
  run(machine, probability, rms, ALLOCATION_FRAMES);
  return Math.max(0, process.memoryUsage().heapUsed - before) / ALLOCATION_FRAMES;
}

/** Speech and pauses of about a second, as each generation is told of them. */
function randomFrames(): Readonly<Record<'ratio' | 'consecutive', { readonly probability: Float64Array; readonly rms: Float64Array }>> {
  let seed = 7;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  let isSpeech = false;
  const speech = Array.from({ length: FRAMES }, () => (isSpeech = next() < 0.01 ? !isSpeech : isSpeech));
  // Whole numbers, as upstream has them: others would be boxed on their way in, which is no doing of the machine.
  const of = (make: (speaks: boolean) => number) => Float64Array.from(speech, (speaks) => Math.trunc(make(speaks)));
  return {
    ratio: { probability: of((speaks) => (speaks ? 60 + 40 * next() : 60 * next())), rms: of((speaks) => (speaks ? -50 * next() : -90 + 45 * next())) },
    consecutive: { probability: of((speaks) => (next() < (speaks ? 0.95 : 0.03) ? 1 : 0)), rms: of((speaks) => (speaks ? 70 + 50 * next() : 60 * next())) },
  };
}
