import { afterEach, expect, it } from 'vitest';
import { createTurnDetectorHost } from '../../src/audio/createTurnDetectorHost.js';
import { createFakeMicrophone } from '../../src/testing/createFakeMicrophone.js';
import { silero } from '../../src/turn-taking/voice/silero/silero.js';
import { spectralUntil } from '../../src/turn-taking/voice/spectralUntil.js';
import modelUrl from '@ricky0123/vad-web/dist/silero_vad_v6.onnx?url';
import runtimeUrl from 'onnxruntime-web/wasm?url';
import speechUrl from '../fixtures/speech-16k.wav?url';

// A busy machine may take its time, and the runtime is 14 MB.
const poll: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 20_000, ...options });
const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

const speech = new Int16Array(await (await fetch(speechUrl)).arrayBuffer(), 44, 8 * 16_000);
const frameOf = (index: number) => speech.subarray(index * 160, index * 160 + 160);

/** @returns how many Workers have been made since. */
function countWorkers(): () => number {
  const Original = globalThis.Worker;
  let made = 0;
  globalThis.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      made++;
    }
  };
  undo.push(() => (globalThis.Worker = Original));
  return () => made;
}

it('computes in the Worker of the runtime, and takes over from the spectral source when it has loaded', async () => {
  const workers = countWorkers();
  const runtime = async () => {
    const ort = (await import(/* @vite-ignore */ runtimeUrl)) as typeof import('onnxruntime-web/wasm'); // what is at that address
    ort.env.wasm.proxy = true;
    ort.env.wasm.numThreads = 1;
    return ort;
  };
  const failures: unknown[] = [];
  const probabilities: number[] = [];
  const better = silero({ runtime, model: modelUrl, onFailure: (error) => failures.push(error) });
  const source = await spectralUntil(better, { onFailure: (error) => failures.push(error) })({ onLabel: ({ voiceProbability }) => probabilities.push(voiceProbability) });
  undo.push(() => source.close());
  expect(source.kind).toBe('spectral');
  await poll(() => [source.kind, failures]).toEqual(['silero', []]);
  expect(workers()).toBe(1);
  for (let index = 0; index < 320; index++) {
    source.push(frameOf(index));
    if (index % 16 === 15) await poll(() => probabilities.length, { interval: 2 }).toBe(index + 1);
  }
  expect(failures).toEqual([]);
  expect(Math.max(...probabilities)).toBeGreaterThan(90);
  expect(Math.min(...probabilities)).toBeLessThan(10);
});

it('judges inside the Worker of the turn detector when it is asked for by address', async () => {
  const microphone = createFakeMicrophone();
  const failures: unknown[] = [];
  const probabilities: number[] = [];
  const host = createTurnDetectorHost({ microphone, source: { name: 'silero', runtimeUrl, modelUrl }, onSourceFailure: (error) => failures.push(error) });
  undo.push(() => host.stop());
  host.subscribeLabels(({ voiceProbability }) => probabilities.push(voiceProbability));
  await host.start();
  expect(host.runsIn).toBe('worker');
  await microphone.start();
  // Silero says the same of all the frames of a window; the spectral source never says the same thing twice.
  const isOfWindows = () => probabilities.some((value, index) => value > 0 && value < 100 && value === probabilities[index - 1] && value === probabilities[index - 2]);
  await poll(
    () => {
      microphone.say(speech.subarray(16_000, 16_000 + 2560));
      return [isOfWindows(), failures];
    },
    { interval: 100 },
  ).toEqual([true, []]);
});
