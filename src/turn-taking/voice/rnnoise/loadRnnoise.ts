import type { RnnoiseModule } from '@jitsi/rnnoise-wasm/dist/rnnoise.js';
import { AvatarError } from '../../../errors/AvatarError.js';

/** Where the WebAssembly comes from: its address, or its bytes. */
export type RnnoiseWasm = string | URL | ArrayBuffer | Uint8Array;

/**
 * Loads the optional package and its WebAssembly.
 *
 * Its file is asked for by name and not through the package's index, which brings along a second copy of a megabyte.
 *
 * @throws AvatarError `peer-missing` when the package or its WebAssembly cannot be had.
 */
export async function loadRnnoise(wasm: RnnoiseWasm): Promise<RnnoiseModule> {
  try {
    const { default: createModule } = await import('@jitsi/rnnoise-wasm/dist/rnnoise.js');
    const isBytes = wasm instanceof ArrayBuffer || wasm instanceof Uint8Array;
    return await createModule(isBytes ? { wasmBinary: wasm } : { locateFile: () => String(wasm) });
  } catch (cause) {
    throw new AvatarError('peer-missing', {
      message: 'RNNoise could not be loaded. Install it with: npm install @jitsi/rnnoise-wasm, and give the address of its dist/rnnoise.wasm.',
      cause,
      context: { peer: '@jitsi/rnnoise-wasm' },
    });
  }
}
