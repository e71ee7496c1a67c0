import loadPlainSpeex from '@echogarden/speex-resampler-wasm';
import loadSimdSpeex from '@echogarden/speex-resampler-wasm/simd';
import { createResampler } from '../../src/dsp/createResampler.js';

/** Samples in a block: what an AudioWorklet gets. */
export const BLOCK = 128;
const SPEEX_QUALITY = 7;

/** Converts one block of 128 samples into `output` and says how many samples it wrote. */
export type Convert = (block: Float32Array, output: Float32Array) => number;

export function ours(engine: 'wasm' | 'typescript', inputRateHz: number, outputRateHz: number): Convert {
  const resampler = createResampler({ inputRateHz, outputRateHz, maxBlockLength: BLOCK, ...(engine === 'typescript' && { engine }) });
  if (resampler.engine !== engine) throw new Error('This engine refuses WebAssembly with SIMD.');
  return (block, output) => resampler.process(block, BLOCK, output);
}

export async function speex(build: 'simd' | 'plain', inputRateHz: number, outputRateHz: number): Promise<Convert> {
  const module = await (build === 'simd' ? loadSimdSpeex : loadPlainSpeex)();
  const state = module._speex_resampler_init(1, inputRateHz, outputRateHz, SPEEX_QUALITY, 0);
  const inputAt = module._malloc(BLOCK * 4);
  const outputAt = module._malloc(BLOCK * 4);
  const inputLengthAt = module._malloc(4);
  const outputLengthAt = module._malloc(4);
  const { HEAPF32: floats, HEAPU32: words } = module;
  return (block, output) => {
    floats.set(block, inputAt / 4);
    words[inputLengthAt / 4] = BLOCK;
    words[outputLengthAt / 4] = BLOCK;
    module._speex_resampler_process_float(state, 0, inputAt, inputLengthAt, outputAt, outputLengthAt);
    const count = words[outputLengthAt / 4] ?? 0;
    for (let i = 0; i < count; i++) output[i] = floats[outputAt / 4 + i] ?? 0;
    return count;
  };
}

/** Straight lines between samples: what a page writes that needs 16 kHz in a hurry. */
export function linear(inputRateHz: number, outputRateHz: number): Convert {
  const step = inputRateHz / outputRateHz;
  let position = 0;
  let last = 0;
  return (block, output) => {
    let count = 0;
    for (; position < BLOCK - 1; position += step) {
      const index = Math.floor(position);
      const before = index < 0 ? last : (block[index] ?? 0);
      output[count++] = before + ((block[index + 1] ?? 0) - before) * (position - index);
    }
    position -= BLOCK;
    last = block[BLOCK - 1] ?? 0;
    return count;
  };
}
