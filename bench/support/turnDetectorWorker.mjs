import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext, Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

// Runs the shipped Worker script as a browser's Worker would, several times over, and times each frame.
setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));
const { file, frames, rounds } = /** @type {{ file: string, frames: readonly ArrayBuffer[], rounds: number }} */ (workerData);
const script = new Script(`(() => {${readFileSync(file, 'utf8')}\n})()`);
const scope = /** @type {{ onmessage: (event: { data: unknown }) => void, postMessage: (message: { type: string }) => void }} */ (/** @type {unknown} */ (globalThis));

function usedBytes() {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heapUsed, arrayBuffers };
}

let events = 0;
/** Each frame's best: the work is the same in every round, and what else the machine does is not. */
const timesUs = new Float64Array(frames.length).fill(Infinity);

async function run() {
  /** @type {() => void} */
  let onReady = () => undefined;
  const ready = new Promise((resolve) => (onReady = () => resolve(undefined)));
  scope.postMessage = ({ type }) => (type === 'ready' ? onReady() : events++);
  script.runInThisContext();
  const receive = scope.onmessage;
  receive({ data: { type: 'open', rules: {}, source: null } });
  await ready;
  const port = { onmessage: (/** @type {{ data: ArrayBuffer }} */ _event) => undefined, postMessage: () => undefined, close: () => undefined };
  receive({ data: { type: 'frames', port } });
  receive({ data: { type: 'avatar-speaking', speaking: true } });
  frames.forEach((data, index) => {
    const startedAtMs = performance.now();
    port.onmessage({ data });
    timesUs[index] = Math.min(timesUs[index] ?? Infinity, (performance.now() - startedAtMs) * 1000);
  });
  // What is being said is no part of the detector.
  receive({ data: { type: 'flush' } });
  return receive;
}

// All are kept to the end: a detector's memory is what one more takes.
const kept = [await run()];
const before = usedBytes();
while (kept.length < rounds) kept.push(await run());
const after = usedBytes();
const bufferBytes = (after.arrayBuffers - before.arrayBuffers) / (rounds - 1);
const heapBytes = (after.heapUsed - before.heapUsed) / (rounds - 1);
for (const receive of kept) receive({ data: { type: 'close' } });
parentPort?.postMessage({ timesUs, bufferBytes, heapBytes, events });
