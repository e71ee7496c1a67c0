import type { Bench, BenchResult } from '../scripts/Bench.js';
import { timeContenders } from '../scripts/timeContenders.js';
import { BLOCK, linear, ours, speex, type Convert } from './resampler/contenders.js';
import { measureBrowser } from './resampler/measureBrowser.js';
import { measureQuality, type Quality } from './resampler/measureQuality.js';

const OUTPUT_RATE_HZ = 16_000;
/** 53 ms of sound at 48 kHz: a round is over before anything is likely to interrupt it. */
const BLOCKS_PER_ROUND = 20;
const ROUNDS = 1500;
const block = Float32Array.from({ length: BLOCK }, (_, n) => Math.sin((2 * Math.PI * 3 * n) / BLOCK));

async function* speed(engine: 'wasm' | 'typescript', inputRateHz: number): AsyncGenerator<BenchResult> {
  const timesMs = await timeContenders(
    {
      ours: rounds(ours(engine, inputRateHz, OUTPUT_RATE_HZ)),
      simd: rounds(await speex('simd', inputRateHz, OUTPUT_RATE_HZ)),
      plain: rounds(await speex('plain', inputRateHz, OUTPUT_RATE_HZ)),
    },
    { rounds: ROUNDS },
  );
  const perSample = (ms: number) => (ms * 1e6) / (BLOCKS_PER_ROUND * BLOCK);
  for (const peer of ['simd', 'plain'] as const) {
    yield {
      case: `${engine}, ${inputRateHz} to ${OUTPUT_RATE_HZ} Hz${peer === 'plain' ? ', peer without SIMD' : ''}`,
      ours: perSample(timesMs.ours),
      peer: perSample(timesMs[peer]),
      unit: 'ns/sample',
      note: `peer: Speex, quality 7, ${peer === 'simd' ? 'its SIMD build' : 'its build without SIMD'}`,
    };
  }
}

function rounds(convert: Convert): () => void {
  const output = new Float32Array(BLOCK * 2);
  return () => {
    for (let i = 0; i < BLOCKS_PER_ROUND; i++) convert(block, output);
  };
}

async function* quality(inputRateHz: number): AsyncGenerator<BenchResult> {
  // A state cannot be reset here, so each signal gets a Speex of its own.
  const pool = await Promise.all(Array.from({ length: 170 }, () => speex('simd', inputRateHz, OUTPUT_RATE_HZ)));
  const takeSpeex = () => {
    const next = pool.pop();
    if (!next) throw new Error('More signals than Speex states were made for.');
    return next;
  };
  const mine = measureQuality(() => ours('wasm', inputRateHz, OUTPUT_RATE_HZ), inputRateHz, OUTPUT_RATE_HZ);
  const peers = {
    'Speex, quality 7': measureQuality(takeSpeex, inputRateHz, OUTPUT_RATE_HZ),
    'linear interpolation': measureQuality(() => linear(inputRateHz, OUTPUT_RATE_HZ), inputRateHz, OUTPUT_RATE_HZ),
  };
  const figures: readonly (readonly [name: string, unit: string, figure: keyof Quality])[] = [
    ['ripple to 7 kHz', 'dB', 'rippleDb'],
    ['loudest alias of 9 to 23 kHz', 'dB', 'aliasDb'],
    ['distortion and noise of 997 Hz', 'dB', 'distortionDb'],
    ['latency', 'ms', 'latencyMs'],
  ];
  for (const [name, unit, figure] of figures) {
    for (const [peer, measured] of Object.entries(peers)) {
      // A ratio of decibels would say nothing.
      const ratio = unit === 'dB' ? null : mine[figure] / measured[figure];
      yield { case: `${name}, ${inputRateHz} Hz, ${peer}`, ours: mine[figure], peer: measured[figure], ratio, unit, note: `peer: ${peer}` };
    }
  }
  const browser = await measureBrowser(inputRateHz);
  for (const [name, unit, figure] of figures.slice(0, 2)) {
    const peer = browser[figure === 'rippleDb' ? 'rippleDb' : 'aliasDb'];
    yield { case: `${name}, ${inputRateHz} Hz, AudioContext of 16 kHz`, ours: mine[figure], peer, ratio: null, unit, note: 'peer: Chromium, a stream into AudioContext({ sampleRate: 16000 })' };
  }
}

export default {
  title: `resample to 16 kHz in blocks of ${BLOCK} samples, as an AudioWorklet does; ns per input sample`,
  peers: ['@echogarden/speex-resampler-wasm'],
  async *run() {
    // TypeScript first: a page has one engine or the other, and the compiler serves a loop worse once it has met both.
    for (const engine of ['typescript', 'wasm'] as const) {
      for (const rateHz of [48_000, 44_100]) yield* speed(engine, rateHz);
    }
    for (const rateHz of [48_000, 44_100]) yield* quality(rateHz);
  },
} satisfies Bench;
