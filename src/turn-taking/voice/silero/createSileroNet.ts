import { AvatarError } from '../../../errors/AvatarError.js';
import type { SileroRuntime, SileroSession, SileroTensor } from './SileroRuntime.js';

/** The recurrent network, with its memory of what it has heard. */
export interface SileroNet {
  /** Takes a window: Float32Array [512], 16 kHz. One call at a time. @returns voice probability, 0 to 1. */
  judge(window: Float32Array): Promise<number>;
  forget(): void;
}

export const SILERO_WINDOW = 512;
/** The model hears the end of the last window again, from version 5 on. */
const CONTEXT = 64;
const RATE_HZ = 16_000n;

/**
 * Speaks to either form of the model: that of versions 5 and 6 (`input`, `state`, `sr`), or the older one (`input`, `sr`, `h`, `c`).
 *
 * @throws AvatarError `invalid-options` for a model that is neither.
 * @see https://github.com/snakers4/silero-vad `src/silero_vad/utils_vad.py`
 */
export function createSileroNet({ Tensor }: Pick<SileroRuntime, 'Tensor'>, session: SileroSession): SileroNet {
  const isOlder = session.inputNames.includes('h') && session.inputNames.includes('c');
  if (!isOlder && !session.inputNames.includes('state')) {
    throw new AvatarError('invalid-options', { message: `This is no Silero voice model: its inputs are ${session.inputNames.join(', ')}.` });
  }
  const memories: Readonly<Record<string, string>> = isOlder ? { h: 'hn', c: 'cn' } : { state: 'stateN' };
  const memoryDims = [2, 1, isOlder ? 64 : 128];
  const context = isOlder ? 0 : CONTEXT;
  const heard = new Float32Array(context + SILERO_WINDOW);
  let memory: Record<string, SileroTensor> = {};
  forget();

  function forget(): void {
    heard.fill(0);
    const values = memoryDims.reduce((product, dim) => product * dim, 1);
    memory = Object.fromEntries(Object.keys(memories).map((name) => [name, new Tensor('float32', new Float32Array(values), memoryDims)]));
  }

  return {
    forget,
    async judge(window) {
      heard.copyWithin(0, SILERO_WINDOW);
      heard.set(window, context);
      const before = memory;
      try {
        // All made anew, since a runtime with a worker of its own (`env.wasm.proxy`) moves the tensors there and leaves empty ones behind.
        const input = new Tensor('float32', heard.slice(), [1, heard.length]);
        const sampleRate = new Tensor('int64', BigInt64Array.of(RATE_HZ), [1]);
        const answer = await session.run({ ...before, sr: sampleRate, input });
        const probability = answer.output?.data;
        if (!(probability instanceof Float32Array) || !(Number.isFinite(probability[0]))) throw new TypeError('The model gave no probability.');
        // Whoever was told to forget in the meantime must not remember this.
        if (memory === before) memory = Object.fromEntries(Object.entries(memories).map(([name, from]) => [name, remembered(answer, from)]));
        return Math.max(0, Math.min(1, probability[0] ?? 0));
      } catch (error) {
        // What was remembered may be gone with the failed call: each further one would fail as well.
        if (memory === before) forget();
        throw error;
      }
    },
  };
}

function remembered(answer: Readonly<Record<string, SileroTensor>>, name: string): SileroTensor {
  const tensor = answer[name];
  if (!tensor) throw new TypeError(`The model gave no ${name}.`);
  return tensor;
}
