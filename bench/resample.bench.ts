import libsamplerate from '@alexanderolsen/libsamplerate-js';
import type { Bench } from '../scripts/Bench.js';
import { timeContenders } from '../scripts/timeContenders.js';
import { createResampler } from '../src/dsp/createResampler.js';

// CommonJS: its names are on the default export.
const { create, ConverterType } = libsamplerate;

const INPUT_RATE_HZ = 48_000;
const OUTPUT_RATE_HZ = 16_000;
const BLOCK = 128;
const SECONDS = 10;
const input = Float32Array.from({ length: INPUT_RATE_HZ * SECONDS }, (_, n) => Math.sin((2 * Math.PI * 440 * n) / INPUT_RATE_HZ));

const medium = await create(1, INPUT_RATE_HZ, OUTPUT_RATE_HZ, { converterType: ConverterType.SRC_SINC_MEDIUM_QUALITY });

/** Feeds the input in the blocks in which an AudioWorklet gets it. */
function inBlocks(work: (block: Float32Array) => void): void {
  for (let start = 0; start < input.length; start += BLOCK) work(input.subarray(start, start + BLOCK));
}

export default {
  title: `Resample ${SECONDS} s of sound from 48 to 16 kHz in blocks of ${BLOCK} samples (real time would be ${SECONDS * 1000} ms)`,
  peers: ['@alexanderolsen/libsamplerate-js'],
  async *run() {
    const timesMs = await timeContenders({ ours: resample, medium: () => inBlocks((block) => medium.full(block)) }, { rounds: 10 });
    yield { case: '48 to 16 kHz', ours: timesMs.ours, peer: timesMs.medium, unit: 'ms', note: 'peer: libsamplerate, medium' };
    medium.destroy();
  },
} satisfies Bench;

function resample(): void {
  const resampler = createResampler({ inputRateHz: INPUT_RATE_HZ, outputRateHz: OUTPUT_RATE_HZ, maxBlockLength: BLOCK });
  const output = new Float32Array(resampler.maxOutputLength(BLOCK));
  inBlocks((block) => resampler.process(block, BLOCK, output));
}
