import { FuzzFinding, type FuzzTarget } from './FuzzTarget.js';
import { createRandom } from './mutators/createRandom.js';

export interface RunTargetOptions {
  readonly seed: number;
  /** Number of the first mutation. */
  readonly from: number;
  readonly count: number;
  /** Told before each mutation, so that one that hangs can be named. */
  readonly onMutation?: (index: number) => void;
}

export interface TargetRun {
  readonly mutations: number;
  /** Of a single mutation, with what measuring costs. */
  readonly slowestMs: number;
  readonly slowestIndex: number;
}

/** What comes out may be larger than what went in by this much, and so much for each byte or character of it. */
const OUTPUT_SPARE = 8_192;
const OUTPUT_PER_INPUT = 64;
const BATCH = 200;

/**
 * Fuzzes one target.
 * @throws FuzzFinding that says with which index it can be repeated
 */
export async function runTarget(target: FuzzTarget, { seed, from, count, onMutation }: RunTargetOptions): Promise<TargetRun> {
  const before = describePrototypes();
  let slowestMs = 0;
  let slowestIndex = from;
  for (let index = from; index < from + count; index++) {
    onMutation?.(index);
    const startedMs = performance.now();
    try {
      const running = target.fuzz(createRandom(seed, index));
      // Most answer at once; to wait all the same would cost more than they do.
      const { input, output } = running instanceof Promise ? await running : running;
      if (output > OUTPUT_SPARE + OUTPUT_PER_INPUT * input) throw new FuzzFinding(`It made ${output} out of ${input}`);
    } catch (error) {
      throw new FuzzFinding(`mutation ${index}: ${error instanceof FuzzFinding ? error.message : `the target itself failed: ${String(error)}`}`, { cause: error });
    }
    // What a stream does later is done before the next ones are made.
    if (index % BATCH === 0) await new Promise(setImmediate);
    const tookMs = performance.now() - startedMs;
    if (tookMs > slowestMs) [slowestMs, slowestIndex] = [tookMs, index];
    if (index % BATCH === 0 && describePrototypes() !== before) throw new FuzzFinding(`A prototype was changed up to mutation ${index}`);
  }
  if (describePrototypes() !== before) throw new FuzzFinding(`A prototype was changed up to mutation ${from + count - 1}`);
  return { mutations: count, slowestMs, slowestIndex };
}

/** What can be inherited from everywhere, and whether it can be changed. */
function describePrototypes(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype, Uint8Array.prototype, Map.prototype, Error.prototype]
    .map((prototype: object) =>
      Reflect.ownKeys(prototype)
        .map((name) => {
          const { writable, configurable, enumerable, value } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
          return `${String(name)} ${writable} ${configurable} ${enumerable} ${typeof value}`;
        })
        .join(),
    )
    .join(';');
}
