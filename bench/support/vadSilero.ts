import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Labels } from './vadScore.js';

/** Versions of the model that `@ricky0123/vad-web` brings. */
export type SileroVersion = 'v6' | 'v5' | 'legacy';

export interface SileroThread {
  /** What Silero says of a recording: Int16Array [samples], mono, 16 kHz. One after the other. */
  listen(samples: Int16Array): Promise<Labels>;
  close(): Promise<unknown>;
}

export const sileroFile = (version: SileroVersion) => `node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`;

/** Starts Silero in a thread of its own, from the built package: it computes while the others do. */
export function openSilero(version: SileroVersion): SileroThread {
  const worker = new Worker(new URL('./vadSileroWorker.mjs', import.meta.url), { workerData: { modelFile: sileroFile(version) } });
  let last: Promise<unknown> = Promise.resolve();

  async function ask(samples: Int16Array): Promise<Labels> {
    worker.postMessage(samples);
    const [labels] = (await once(worker, 'message')) as [Labels]; // what the worker posts
    return labels;
  }

  return {
    listen(samples) {
      const answer = last.then(() => ask(samples));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => worker.terminate(),
  };
}
