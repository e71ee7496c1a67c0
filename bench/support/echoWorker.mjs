import { parentPort } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { module } = await runnerImport('./bench/support/echoScore.ts');
const { playEchoTask } = /** @type {typeof import('./echoScore.js')} */ (module);
parentPort?.on('message', (/** @type {import('./echoScore.js').EchoTask} */ task) => parentPort?.postMessage(playEchoTask(task)));
