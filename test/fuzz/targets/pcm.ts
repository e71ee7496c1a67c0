import { convertPcm } from '../../../src/dsp/convertPcm.js';
import { createAlignedConverter, type AlignedConverter } from '../../../src/dsp/createAlignedConverter.js';
import { createMixdown } from '../../../src/dsp/createMixdown.js';
import { readPcmStream } from '../../../src/services/pipeline/readPcmStream.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import type { Random } from '../mutators/createRandom.js';
import { streamOf } from '../streamOf.js';

const RATES = [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000];
const ODD_RATES = [1_000, 768_000, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 999, 768_001, 16_000.5];

/** Conversion of samples: how a stream is cut makes no difference. */
export const pcm: FuzzTarget = {
  // Designs a filter for each pair of rates, milliseconds of work.
  share: 0.2,
  async fuzz(random) {
    const samples = Int16Array.from({ length: random.below(900) }, () => random.pick([0, 32_767, -32_768, random.below(65_536) - 32_768]));
    const [from, to] = random.chance(0.9) ? [random.pick(RATES), random.pick(RATES)] : [random.pick(ODD_RATES), random.pick(RATES)];
    const converter = (): AlignedConverter | null => orRefusal(['invalid-options'], { from, to }, () => createAlignedConverter(from, to));
    const whole = converter();
    const cut = converter();
    let output = 0;
    if (whole && cut) {
      const atOnce = [...whole.convert(samples), ...whole.end()];
      const inPieces = [...piecesOf(random, samples).flatMap((piece) => [...cut.convert(piece)]), ...cut.end()];
      expectThat(atOnce.length === inPieces.length && atOnce.every((sample, at) => sample === inPieces[at]), 'It matters where a stream is cut', { from, to, samples: samples.length });
      output = 2 * atOnce.length;
    }
    const converted = orRefusal(['invalid-options'], { from, to }, () => convertPcm(samples, from, to));
    if (converted) expectThat(converted.length <= Math.round((samples.length * to) / from), 'A recording has become longer', { from, to, samples: samples.length });
    const channels = 1 + random.below(9);
    const [mixAll, mixPieces] = [createMixdown(channels), createMixdown(channels)];
    expectThat(String(mixAll(samples)) === String(Int16Array.from(piecesOf(random, samples).flatMap((piece) => [...mixPieces(piece)]))), 'It matters where a mixdown is cut', { channels });
    await checkStream(random, samples);
    // From 1,000 to 768,000 Hz a sample becomes 768.
    return { input: Math.ceil(samples.byteLength * Math.max(1, to / Math.max(1, from))), output };
  },
};

async function checkStream(random: Random, samples: Int16Array<ArrayBuffer>): Promise<void> {
  const read: number[] = [];
  for await (const piece of readPcmStream(streamOf(random, new Uint8Array(samples.buffer)))) read.push(...piece);
  expectThat(read.length === samples.length && read.every((sample, at) => sample === samples[at]), 'A stream of samples is read as others', { samples: samples.length });
}

function piecesOf(random: Random, samples: Int16Array): Int16Array[] {
  const pieces: Int16Array[] = [];
  for (let at = 0; at < samples.length; ) {
    const length = 1 + random.below(300);
    pieces.push(samples.slice(at, at + length));
    at += length;
  }
  return pieces;
}
