import { rnnoise } from '../voice/rnnoise/rnnoise.js';
import { silero } from '../voice/silero/silero.js';
import type { SileroRuntime } from '../voice/silero/SileroRuntime.js';
import type { CreateVoiceSource } from '../voice/VoiceProbabilitySource.js';

/** A source of voice probability by name, with where its parts are to be had: a Worker is given no functions. */
export type SourceAddress =
  | {
      readonly name: 'silero';
      /** An ES module with onnxruntime-web's exports, such as `onnxruntime-web/dist/ort.wasm.bundle.min.mjs`. */
      readonly runtimeUrl: string;
      /** The model, of version 5 or older. */
      readonly modelUrl: string;
    }
  | {
      readonly name: 'rnnoise';
      /** `@jitsi/rnnoise-wasm/dist/rnnoise.js`, as it is. */
      readonly moduleUrl: string;
      /** `@jitsi/rnnoise-wasm/dist/rnnoise.wasm`. */
      readonly wasmUrl: string;
    };

/** Turns an address into a source; nothing is loaded before it is asked for. */
export function loadSource(address: SourceAddress): CreateVoiceSource {
  // What is used of either package is written down in SileroRuntime and loadRnnoise.
  if (address.name === 'silero') return silero({ runtime: () => importFrom<SileroRuntime>(address.runtimeUrl), model: address.modelUrl });
  return rnnoise({ module: () => importFrom(address.moduleUrl), wasm: address.wasmUrl });
}

/** Only the application knows the address, so no bundler can follow it. */
function importFrom<Module>(url: string): Promise<Module> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url) as Promise<Module>; // whose it is the caller says
}
