import { createReferenceConverter } from './createReferenceConverter.js';
import { createResampler } from './createResampler.js';
import { MIC_FRAME_SAMPLES, MIC_SAMPLE_RATE_HZ, micFrame, type MicFrame } from './micFrame.js';
import { mixToMono } from './mixToMono.js';
import { toInt16 } from './pcm.js';

export interface FrameCutterOptions {
  /** Rate of the audio context. */
  readonly inputRateHz: number;
  /** Gets each frame; it is one object, filled anew for the next. */
  readonly emitFrame: (frame: MicFrame) => void;
  /** Number of the first frame. Default 0. */
  readonly firstSequence?: number;
  /** Largest render block. Default 2,048 samples. */
  readonly maxBlockLength?: number;
}

export interface FrameCutter {
  /**
   * Takes a render block of the microphone, and of the avatar's sound in the same time: Float32Array [samples] for each channel.
   * Without a channel of the reference the avatar is silent; without one of the microphone nothing is cut.
   */
  push(microphone: readonly Float32Array[], reference?: readonly Float32Array[]): void;
}

const NO_CHANNELS: readonly Float32Array[] = [];

/**
 * Turns render blocks of any size, rate and channel count into 10 ms frames, mono, 16 kHz. Both sounds pass the same filter, so that
 * what was one moment in the blocks is one sample in the frames.
 *
 * Runs in `AudioWorkletProcessor.process`, so it allocates nothing after it has been made.
 */
export function createFrameCutter(options: FrameCutterOptions): FrameCutter {
  const { inputRateHz, emitFrame, firstSequence = 0, maxBlockLength = 2048 } = options;
  const resampler = createResampler({ inputRateHz, outputRateHz: MIC_SAMPLE_RATE_HZ, maxBlockLength });
  const mono = new Float32Array(maxBlockLength);
  const converted = new Float32Array(resampler.maxOutputLength(maxBlockLength));
  const referenceConverter = createReferenceConverter(inputRateHz, maxBlockLength);
  const frame = micFrame();
  let pendingLength = 0;
  let sequence = firstSequence;

  function cut(): void {
    let energy = 0;
    let peak = 0;
    for (let i = 0; i < MIC_FRAME_SAMPLES; i++) {
      const sample = frame.samples[i] ?? 0;
      energy += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    frame.counters[0] = sequence++;
    frame.levels[1] = Math.sqrt(energy / MIC_FRAME_SAMPLES) / 32768;
    frame.levels[2] = peak / 32768;
    emitFrame(frame);
    pendingLength = 0;
  }

  return {
    push(microphone, reference = NO_CHANNELS) {
      const length = microphone[0]?.length;
      if (length === undefined) return;
      mixToMono(microphone, length, mono);
      const count = resampler.process(mono, length, converted);
      referenceConverter.convert(reference, length);
      for (let i = 0; i < count; i++) {
        frame.samples[pendingLength] = toInt16(converted[i] ?? 0);
        frame.reference[pendingLength] = toInt16(referenceConverter.converted[i] ?? 0);
        if (++pendingLength === MIC_FRAME_SAMPLES) cut();
      }
    },
  };
}
