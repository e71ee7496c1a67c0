/** The part of the Emscripten module that the bench calls; the package has no types of its own. */
interface SpeexModule {
  readonly HEAPF32: Float32Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _speex_resampler_init(channels: number, inputRateHz: number, outputRateHz: number, quality: number, errorAt: number): number;
  _speex_resampler_process_float(state: number, channel: number, inputAt: number, inputLengthAt: number, outputAt: number, outputLengthAt: number): number;
}

declare module '@echogarden/speex-resampler-wasm' {
  export default function load(): Promise<SpeexModule>;
}

declare module '@echogarden/speex-resampler-wasm/simd' {
  export { default } from '@echogarden/speex-resampler-wasm';
}
