import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Bench } from '../scripts/Bench.js';
import { MIC_FRAME_SAMPLES, micFrame } from '../src/dsp/micFrame.js';

const SECONDS = 60;
const RATE_HZ = 16_000;
/** What the detector may take of the 10 ms of a frame, and of memory. */
const MOST_US = 250;
const MOST_KIB = 512;
const ROUNDS = 5;

export default {
  title: `Decide about turns in ${SECONDS} s of an avatar that is interrupted: the shipped Worker script in a thread of its own, each frame's best of ${ROUNDS}`,
  async *run() {
    const { timesUs, bufferBytes, heapBytes, events } = await runInThread();
    if (events === 0) throw new Error('The detector heard nothing.');
    const sorted = timesUs.slice().sort();
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
    yield { case: 'frame, p50', ours: at(0.5), peer: null, unit: 'us' };
    yield { case: 'frame, p99', ours: at(0.99), peer: MOST_US, unit: 'us', note: 'peer: the budget' };
    yield { case: 'memory: its buffers', ours: bufferBytes / 1024, peer: MOST_KIB, unit: 'KiB', note: 'peer: the budget' };
    yield { case: 'memory: heap, with the code compiled for it', ours: heapBytes / 1024, peer: null, unit: 'KiB' };
  },
} satisfies Bench;

async function runInThread(): Promise<{ timesUs: Float64Array; bufferBytes: number; heapBytes: number; events: number }> {
  const worker = new Worker(new URL('./support/turnDetectorWorker.mjs', import.meta.url), {
    workerData: { file: 'dist/worklets/turn-detector.js', frames: conversation(), rounds: ROUNDS },
  });
  try {
    return await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  } finally {
    await worker.terminate();
  }
}

/** The avatar speaks all the time, its echo 12 dB lower; somebody else says a phrase every five seconds. */
function conversation(): ArrayBuffer[] {
  const file = readFileSync('test/fixtures/speech-16k.wav');
  const speech = new Int16Array(file.buffer, file.byteOffset + 44, 20 * RATE_HZ);
  const avatar = (n: number) => speech[(((n % speech.length) + speech.length) % speech.length)] ?? 0;
  const user = (n: number) => (n % (5 * RATE_HZ) < 2 * RATE_HZ ? avatar(7.35 * RATE_HZ + Math.floor((n % (5 * RATE_HZ)) * 1.25)) : 0);
  return Array.from({ length: SECONDS * 100 }, (_, sequence) => {
    const frame = micFrame();
    frame.counters[0] = sequence;
    for (let i = 0; i < MIC_FRAME_SAMPLES; i++) {
      const n = sequence * MIC_FRAME_SAMPLES + i;
      frame.reference[i] = avatar(n);
      frame.samples[i] = 0.2 * avatar(n - 960) + 0.08 * avatar(n - 1300) + 0.8 * user(n);
    }
    return frame.buffer;
  });
}
