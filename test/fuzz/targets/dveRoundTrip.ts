import { decodeFrame } from '../../../src/services/dve/codec/decodeFrame.js';
import { encodeFrame, type OutgoingDveFrame } from '../../../src/services/dve/codec/encodeFrame.js';
import { expectThat, type FuzzTarget } from '../FuzzTarget.js';
import type { Random } from '../mutators/createRandom.js';
import { oddText } from '../mutators/oddText.js';

/** What is written is what is read. */
export const dveRoundTrip: FuzzTarget = {
  share: 6,
  fuzz(random) {
    const frame = anyFrame(random);
    const encoded = encodeFrame(frame);
    const decoded = decodeFrame(encoded);
    if (frame.kind === 'text') expectThat(decoded.kind === 'text' && decoded.text === Buffer.from(frame.text).toString(), 'A text is another one when it is read', frame.text);
    if (frame.kind === 'audio') expectThat(decoded.kind === 'audio' && decoded.sampleRateHz === frame.sampleRateHz && decoded.channels === frame.channels && isSame(decoded.audio, frame.audio), 'Audio is other audio when it is read', frame.audio);
    if (frame.kind === 'image') expectThat(decoded.kind === 'image' && decoded.width === frame.width && decoded.height === frame.height && decoded.format === frame.format && isSame(decoded.image, frame.image), 'A picture is another one when it is read', frame.image);
    return { input: encoded.length, output: encoded.length };
  },
};

function anyFrame(random: Random): OutgoingDveFrame {
  const bytes = random.bytes(1 + random.below(64));
  switch (random.below(3)) {
    case 0:
      return { kind: 'text', text: oddText(random) };
    case 1:
      return { kind: 'audio', audio: bytes, sampleRateHz: random.below(0xffff_ffff), channels: random.below(9) };
    default:
      return { kind: 'image', image: bytes, width: 1 + random.below(0xffff), height: 1 + random.below(0xffff), format: random.pick(['JPEG', 'png']) };
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
