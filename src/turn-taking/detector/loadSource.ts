import { silero } from '../voice/silero/silero.js';
import type { SileroRuntime } from '../voice/silero/SileroRuntime.js';
import type { CreateVoiceSource } from '../voice/VoiceProbabilitySource.js';

/** A source of voice probability by name, with where its parts are to be had: absolute addresses, so that a Worker can load it. */
export type SourceAddress = {
  readonly name: 'silero';
  /** An ES module with onnxruntime-web's exports, such as `onnxruntime-web/dist/ort.wasm.bundle.min.mjs`. */
  readonly runtimeUrl: string;
  /** The model, of version 5 or older. */
  readonly modelUrl: string;
};

/** Turns an address into a source; nothing is loaded before it is asked for. */
export function loadSource({ runtimeUrl, modelUrl }: SourceAddress): CreateVoiceSource {
  return silero({
    // The module is the one that onnxruntime-web publishes; what is used of it is written down in SileroRuntime.
    runtime: () => import(/* @vite-ignore */ /* webpackIgnore: true */ runtimeUrl) as Promise<SileroRuntime>, // a module that only the application knows
    model: modelUrl,
  });
}
