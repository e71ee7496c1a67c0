import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-web';
import { rnnoise, silero, spectral } from '../../dist/client.js';

// Times the sources as they are shipped: what loads the benches' own modules would slow them down.
const { frames, rounds, framesInRound, rnnoiseFiles, sileroFile } = /** @type {{ frames: readonly Int16Array[], rounds: number, framesInRound: number, rnnoiseFiles: readonly [string, string], sileroFile: string }} */ (workerData);
ort.env.wasm.numThreads = 1;
const ready = { onLabel: () => undefined };
let judged = 0;
let tell = () => undefined;
const sources = {
  spectral: await spectral(ready),
  rnnoise: await rnnoise({ module: () => import('@jitsi/rnnoise-wasm/dist/rnnoise.js'), wasm: readFileSync(rnnoiseFiles[1]) })(ready),
  silero: await silero({ runtime: () => ort, model: readFileSync(sileroFile) })({
    onLabel() {
      judged++;
      tell();
    },
  }),
};
/** @type {Record<keyof typeof sources, number[]>} */
const timesUs = { spectral: [], rnnoise: [], silero: [] };
let next = 0;
for (let round = -rounds / 5; round < rounds; round++) {
  for (const name of /** @type {const} */ (['spectral', 'rnnoise', 'silero'])) {
    judged = 0;
    const startedAtMs = performance.now();
    for (let count = 0; count < framesInRound; count++) sources[name].push(frames[next++ % frames.length] ?? new Int16Array(160));
    while (name === 'silero' && judged < framesInRound) await new Promise((resolve) => (tell = () => void resolve(undefined)));
    if (round >= 0) timesUs[name].push(((performance.now() - startedAtMs) * 1000) / framesInRound);
  }
}
/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
parentPort?.postMessage({ spectral: median(timesUs.spectral), rnnoise: median(timesUs.rnnoise), silero: median(timesUs.silero) });
