import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-web';
import { silero } from '../../dist/client.js';

// Silero as it is shipped, with a runtime in the same thread: each recording that comes is answered with what it said of it.
ort.env.wasm.numThreads = 1;
const { modelFile } = /** @type {{ modelFile: string }} */ (workerData);
const WINDOW_SAMPLES = 512;
const FRAME_SAMPLES = 160;

/** @type {number[]} */
let probabilities = [];
/** @type {number[]} */
let levelsDb = [];
/** @type {number[]} */
let heardFrames = [];
let heard = 0;
let tell = () => undefined;
const source = await silero({
  runtime: () => ort,
  model: readFileSync(modelFile),
  onFailure(error) {
    throw error;
  },
})({
  onLabel({ voiceProbability, rmsDb }) {
    probabilities.push(voiceProbability);
    levelsDb.push(rmsDb);
    heardFrames.push(heard);
    tell();
  },
});

/** Labels that the windows heard so far are due to bring: of every frame whose middle is in one. */
const due = () => Math.floor((Math.floor((heard * FRAME_SAMPLES) / WINDOW_SAMPLES) * WINDOW_SAMPLES + FRAME_SAMPLES / 2 - 1) / FRAME_SAMPLES);

/** @param {Int16Array} samples */
async function listen(samples) {
  source.reset();
  probabilities = [];
  levelsDb = [];
  heardFrames = [];
  const frames = Math.floor(samples.length / FRAME_SAMPLES);
  for (heard = 0; probabilities.length < frames; ) {
    const frame = samples.subarray(heard * FRAME_SAMPLES, (heard + 1) * FRAME_SAMPLES);
    heard++;
    // Silence after the end: the last window needs to be full.
    source.push(frame.length === FRAME_SAMPLES ? frame : new Int16Array(FRAME_SAMPLES));
    while (probabilities.length < due()) await new Promise((resolve) => (tell = () => void resolve(undefined)));
  }
  return { probabilities: probabilities.slice(0, frames), levelsDb: levelsDb.slice(0, frames), heardFrames: heardFrames.slice(0, frames) };
}

parentPort?.on('message', (samples) => void listen(samples).then((labels) => parentPort?.postMessage(labels)));
