import { base64ToBytes, bytesToBase64, int16ToBase64 } from '../../../src/dsp/base64.js';
import { expectThat, FuzzFinding, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';

const SEEDS = [Uint8Array.from({ length: 320 }, (_, at) => at & 255), Uint8Array.of(0, 255, 128), Uint8Array.of(1)];
const TEXTS = ['QUJD', 'QQ==', 'QUI=', ''].map((text) => new TextEncoder().encode(text));

/** Base64 beside Node's own. */
export const base64: FuzzTarget = {
  share: 8,
  fuzz(random) {
    const bytes = mutateBytes(random, SEEDS);
    const encoded = bytesToBase64(bytes);
    expectThat(encoded === Buffer.from(bytes).toString('base64'), 'Bytes are written otherwise than by Node', bytes);
    expectThat(Buffer.from(base64ToBytes(encoded)).equals(bytes), 'Bytes are others when they are read', bytes);
    const samples = new Int16Array(bytes.buffer, 0, bytes.length >> 1);
    expectThat(int16ToBase64(samples) === Buffer.from(bytes.subarray(0, samples.byteLength)).toString('base64'), 'Samples are written otherwise than by Node', bytes);
    const text = Buffer.from(mutateBytes(random, TEXTS)).toString('latin1');
    try {
      base64ToBytes(text);
    } catch (error) {
      if (!(error instanceof DOMException)) throw new FuzzFinding(`It threw ${String(error)}`, { cause: error });
    }
    return { input: bytes.length, output: encoded.length };
  },
};
