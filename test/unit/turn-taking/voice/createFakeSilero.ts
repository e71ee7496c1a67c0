import type { SileroRuntime, SileroSession, SileroTensor } from '../../../../src/turn-taking/voice/silero/SileroRuntime.js';

class FakeTensor implements SileroTensor {
  constructor(
    readonly type: string,
    readonly data: Float32Array | BigInt64Array,
    readonly dims: readonly number[],
  ) {}
}

interface FakeSileroOptions {
  readonly older?: boolean;
  /** Moves the tensors that it is given to another thread, as the runtime does with `env.wasm.proxy`. */
  readonly moves?: boolean;
  readonly fail?: () => boolean;
  readonly gate?: () => Promise<unknown>;
}

/** Stands in for onnxruntime-web with a model: the louder the window, the likelier a voice. Notes what it was given. */
export function createFakeSilero({ older = false, moves = false, fail = () => false, gate = async () => undefined }: FakeSileroOptions = {}) {
  const runs: Record<string, FakeTensor>[] = [];
  const calls = { released: 0, loaded: new Array<unknown>() };
  let running = 0;
  let mostRunning = 0;
  const session: SileroSession = {
    inputNames: older ? ['input', 'sr', 'h', 'c'] : ['input', 'state', 'sr'],
    async run(feeds) {
      if (moves) feeds = structuredClone(feeds, { transfer: Object.values(feeds).map(({ data }) => (data as Float32Array).buffer as ArrayBuffer) });
      runs.push(feeds as Record<string, FakeTensor>);
      mostRunning = Math.max(mostRunning, ++running);
      await gate();
      running--;
      if (fail()) throw new Error('out of memory');
      const input = feeds.input?.data as Float32Array;
      const energy = input.reduce((sum, sample) => sum + sample * sample, 0) / input.length;
      const output = new FakeTensor('float32', Float32Array.of(energy > 1e-4 ? 0.9 : 0.1), [1, 1]);
      const size = older ? 64 : 128;
      const memory = () => new FakeTensor('float32', new Float32Array(2 * size).fill(runs.length), [2, 1, size]);
      const answer: Record<string, SileroTensor> = older ? { output, hn: memory(), cn: memory() } : { output, stateN: memory() };
      return answer;
    },
    async release() {
      calls.released++;
    },
  };
  const runtime: SileroRuntime = {
    Tensor: FakeTensor,
    InferenceSession: {
      async create(model: string | Uint8Array) {
        calls.loaded.push(model);
        return session;
      },
    },
  };
  return { runtime, runs, calls, mostRunning: () => mostRunning };
}
