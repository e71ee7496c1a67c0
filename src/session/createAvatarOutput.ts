import type { Clock } from '../clock/clock.js';
import { createResampler, type Resampler } from '../dsp/createResampler.js';
import { toInt16 } from '../dsp/pcm.js';
import type { AvatarConnection } from '../services/service.js';
import { createAudioConsumer } from '../turn-taking/createAudioConsumer.js';
import type { SpeechOutput } from './SpeechOutput.js';

/** The rate at which avatars take speech. */
const AVATAR_RATE_HZ = 16_000;
/** How often the pacer looks whether something is due; Agora recommends 40 to 80 ms. */
const TICK_MS = 50;
/** The resampler's block: any length of speech is fed through it in pieces of this. */
const BLOCK = 4096;

/**
 * Says speech through an avatar, at speaking pace and 100 ms ahead, however fast it comes from the voice service.
 * While there is no avatar, what is to be said waits.
 */
export function createAvatarOutput(options: { readonly clock: Clock; readonly connection: () => AvatarConnection | null }): SpeechOutput {
  const { clock, connection } = options;
  const consumer = createAudioConsumer({
    clock,
    sampleRateHz: AVATAR_RATE_HZ,
    send: (samples) => void connection()?.sendAudio(samples),
  });
  let resampler: { readonly rateHz: number; readonly convert: Resampler } | null = null;
  let cancelTick: (() => void) | null = null;

  function tick(): void {
    cancelTick = null;
    if (connection()) consumer.consume();
    if (consumer.bufferedMs > 0) cancelTick = clock.schedule(tick, TICK_MS);
    else connection()?.flushAudio();
  }

  /** Whole replies come in one piece as well as in many: the resampler keeps its state between them. */
  function convert(samples: Int16Array, rateHz: number): Int16Array {
    if (rateHz === AVATAR_RATE_HZ) return samples;
    if (resampler?.rateHz !== rateHz) {
      resampler = { rateHz, convert: createResampler({ inputRateHz: rateHz, outputRateHz: AVATAR_RATE_HZ, maxBlockLength: BLOCK }) };
    }
    const input = new Float32Array(BLOCK);
    const block = new Float32Array(resampler.convert.maxOutputLength(BLOCK));
    const output = new Int16Array(resampler.convert.maxOutputLength(samples.length) + Math.ceil(samples.length / BLOCK));
    let length = 0;
    for (let start = 0; start < samples.length; start += BLOCK) {
      const part = samples.subarray(start, start + BLOCK);
      for (let i = 0; i < part.length; i++) input[i] = (part[i] ?? 0) / 32768;
      const written = resampler.convert.process(input, part.length, block);
      for (let i = 0; i < written; i++) output[length++] = toInt16(block[i] ?? 0);
    }
    return output.subarray(0, length);
  }

  return {
    push(samples, sampleRateHz) {
      consumer.push(convert(samples, sampleRateHz));
      if (!cancelTick) tick();
    },
    end() {
      consumer.end();
      if (!cancelTick) tick();
    },
    clear() {
      cancelTick?.();
      cancelTick = null;
      resampler = null;
      consumer.clear();
    },
  };
}
