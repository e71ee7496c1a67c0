import { createResampler } from './createResampler.js';
import { MIC_SAMPLE_RATE_HZ } from './micFrame.js';
import { mixToMono } from './mixToMono.js';

/** Brings the avatar's sound to mono and 16 kHz, in step with the microphone's. */
export interface ReferenceConverter {
  /** The same moments that another resampler, which was given blocks of the same lengths, has just written; zeros beyond. */
  readonly converted: Float32Array;
  /** Takes a block: Float32Array [length] for each channel; none is silence. Allocates nothing. */
  convert(channels: readonly Float32Array[], length: number): void;
}

/** After so much silence the filter holds nothing else, at any rate of real hardware. */
const AWAKE_SECONDS = 0.05;

/** Makes a converter. While nothing is played it costs next to nothing: it sleeps, and wakes in step. */
export function createReferenceConverter(inputRateHz: number, maxBlockLength: number): ReferenceConverter {
  const resampler = createResampler({ inputRateHz, outputRateHz: MIC_SAMPLE_RATE_HZ, maxBlockLength });
  const mono = new Float32Array(maxBlockLength);
  const converted = new Float32Array(resampler.maxOutputLength(maxBlockLength));
  /** After so many samples of input the filter stands again where it stood, when all of them are zeros. */
  const period = Math.round(inputRateHz) / greatestCommonDivisor(Math.round(inputRateHz), MIC_SAMPLE_RATE_HZ);
  let awakeFor = 0;
  /** What was slept through beyond whole periods. */
  let missed = 0;

  function catchUp(): void {
    mono.fill(0);
    while (missed > 0) {
      const length = Math.min(missed, maxBlockLength);
      resampler.process(mono, length, converted);
      missed -= length;
    }
  }

  return {
    converted,
    convert(channels, length) {
      if (channels.length > 0) {
        catchUp();
        awakeFor = Math.ceil(inputRateHz * AWAKE_SECONDS);
        mixToMono(channels, length, mono);
        resampler.process(mono, length, converted);
      } else if (awakeFor > 0) {
        awakeFor -= length;
        mono.fill(0, 0, length);
        resampler.process(mono, length, converted);
      } else {
        missed = (missed + length) % period;
        converted.fill(0);
      }
    },
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
