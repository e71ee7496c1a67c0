import { AvatarError } from '../../../errors/AvatarError.js';

export interface RnnoiseOptions {
  /**
   * Gives `@jitsi/rnnoise-wasm/dist/rnnoise.js`. Not the package's index, which brings along a second copy of a megabyte; and given
   * by the application, since a bundler that meets the import of an absent package fails.
   */
  readonly module: () => Promise<unknown>;
  /** Address of `@jitsi/rnnoise-wasm/dist/rnnoise.wasm` as your bundler serves it, or its bytes. */
  readonly wasm: string | URL | ArrayBuffer | Uint8Array;
}

/** The parts of the WebAssembly module that are used. Pointers are byte offsets. */
export interface RnnoiseModule {
  /** The module's memory: Float32Array. Another object after the memory has grown. */
  readonly HEAPF32: Float32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _rnnoise_create(): number;
  _rnnoise_destroy(state: number): void;
  /** Takes 480 samples at `input`, writes as many to `output`. @returns voice probability, 0 to 1. */
  _rnnoise_process_frame(state: number, output: number, input: number): number;
}

/**
 * Loads the package and its WebAssembly.
 *
 * @throws AvatarError `peer-missing` when either cannot be had.
 */
export async function loadRnnoise({ module, wasm }: RnnoiseOptions): Promise<RnnoiseModule> {
  try {
    // The package has no types; what is used of it is written down above.
    const { default: createModule } = (await module()) as { default: (overrides: object) => Promise<RnnoiseModule> }; // see above
    const isBytes = wasm instanceof ArrayBuffer || wasm instanceof Uint8Array;
    return await createModule(isBytes ? { wasmBinary: wasm } : { locateFile: () => String(wasm) });
  } catch (cause) {
    throw new AvatarError('peer-missing', {
      message: 'RNNoise could not be loaded. Install it with: npm install @jitsi/rnnoise-wasm, and give its module and the address of its WebAssembly.',
      cause,
      context: { peer: '@jitsi/rnnoise-wasm' },
    });
  }
}
