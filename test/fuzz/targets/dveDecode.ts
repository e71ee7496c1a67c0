import { decodeFrame } from '../../../src/services/dve/codec/decodeFrame.js';
import { encodeFrame } from '../../../src/services/dve/codec/encodeFrame.js';
import { createSpeechUnpacker } from '../../../src/services/dve/createSpeechUnpacker.js';
import { encodeWav } from '../../../src/dsp/wav.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { buildProtobuf } from '../mutators/buildProtobuf.js';
import { mutateBytes } from '../mutators/mutateBytes.js';

const SPEECH = Int16Array.from({ length: 40 }, (_, at) => at * 500);
const SEEDS = [
  encodeFrame({ kind: 'text', text: '__interrupt__' }),
  encodeFrame({ kind: 'audio', audio: encodeWav(SPEECH, 16_000), sampleRateHz: 16_000, channels: 1 }),
  encodeFrame({ kind: 'audio', audio: new Uint8Array(SPEECH.buffer), sampleRateHz: 24_000, channels: 2 }),
  encodeFrame({ kind: 'image', image: Uint8Array.of(0xff, 0xd8, 1, 2), width: 640, height: 480, format: 'JPEG' }),
];

/** Binary messages of the voice service, and the speech in them. */
export const dveDecode: FuzzTarget = {
  share: 12,
  fuzz(random) {
    const bytes = random.chance(0.4) ? buildProtobuf(random) : mutateBytes(random, SEEDS);
    const copy = Uint8Array.from(bytes);
    const frame = orRefusal(['message-invalid'], bytes, () => decodeFrame(bytes));
    expectThat(copy.every((byte, at) => byte === bytes[at]), 'What was read was written to', copy);
    if (frame?.kind === 'text') return { input: bytes.length, output: frame.text.length };
    if (frame?.kind === 'image') return { input: bytes.length, output: frame.image.length };
    if (frame?.kind !== 'audio') return { input: bytes.length, output: 0 };
    const speech = orRefusal(['audio-invalid'], bytes, () => createSpeechUnpacker().unpack(frame));
    if (speech) expectThat(speech.samples.length > 0 && speech.sampleRateHz >= 1_000 && speech.sampleRateHz <= 768_000, 'Speech was unpacked that cannot be played', bytes);
    return { input: bytes.length, output: frame.audio.length + 2 * (speech?.samples.length ?? 0) };
  },
};
