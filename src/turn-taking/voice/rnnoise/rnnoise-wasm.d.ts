// The package brings no types: this is what is used of it.
declare module '@jitsi/rnnoise-wasm/dist/rnnoise.js' {
  /** The parts of the WebAssembly module that are used. Pointers are byte offsets. */
  export interface RnnoiseModule {
    /** The module's memory: Float32Array. Another object after the memory has grown. */
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _rnnoise_create(model?: number): number;
    _rnnoise_destroy(state: number): void;
    /** Takes 480 samples at `input`, writes as many to `output`. @returns voice probability, 0 to 1. */
    _rnnoise_process_frame(state: number, output: number, input: number): number;
  }

  /** Compiles the WebAssembly that is given as bytes, or fetches it from the address that `locateFile` gives. */
  const createModule: (overrides: { readonly wasmBinary?: ArrayBuffer | Uint8Array; readonly locateFile?: () => string }) => Promise<RnnoiseModule>;
  export default createModule;
}
