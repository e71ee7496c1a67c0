import { decodeSpeechFile } from '../../../src/audio/decodeSpeechFile.js';
import { readWav } from '../../../src/dsp/readWav.js';
import { encodeWav } from '../../../src/dsp/wav.js';
import { expectThat, orLaterRefusal, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';

const SAMPLES = Int16Array.from({ length: 200 }, (_, at) => Math.round(Math.sin(at / 5) * 20_000));
const PLAIN = encodeWav(SAMPLES, 16_000);
/** With a chunk before the samples, and a length that was not known when it was written. */
const STREAMED = Uint8Array.from([...PLAIN.subarray(0, 36), ...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0, ...new TextEncoder().encode('data'), 255, 255, 255, 255, ...PLAIN.subarray(44)]);
const SEEDS = [PLAIN, encodeWav(SAMPLES, 48_000), STREAMED];

/** Sound files. */
export const wav: FuzzTarget = {
  share: 5,
  async fuzz(random) {
    const file = mutateBytes(random, SEEDS);
    const content = orRefusal(['audio-invalid'], file, () => readWav(file));
    if (content) expectThat(content.data.length <= file.length && content.data.buffer === file.buffer, 'More samples were found than the file holds', file);
    const samples = new Int16Array(random.bytes(2 * random.below(50)).buffer);
    const again = readWav(encodeWav(samples, 24_000));
    expectThat(again?.sampleRateHz === 24_000 && again.channels === 1 && Buffer.from(again.data).equals(Buffer.from(samples.buffer)), 'A file is another one when it is read', new Uint8Array(samples.buffer));
    // A filter is designed for each pair of rates, which takes its time.
    if (!content || !random.chance(0.05)) return { input: file.length, output: content?.data.length ?? 0 };
    const speech = await orLaterRefusal(['audio-invalid'], file, () => decodeSpeechFile(new Blob([file]), 16_000));
    return { input: file.length, output: 2 * (speech?.length ?? 0) };
  },
};
