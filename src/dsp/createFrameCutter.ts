import { createResampler } from './createResampler.js';
import { MIC_FRAME_SAMPLES, MIC_SAMPLE_RATE_HZ, type MicFrame } from './micFrame.js';
import { toInt16 } from './pcm.js';

export interface FrameCutterOptions {
  /** Rate of the audio context. */
  readonly inputRateHz: number;
  /** An empty frame to fill, or null when none is left: the frame is then lost, and its sequence number with it. */
  readonly takeFrame: () => MicFrame | null;
  readonly emitFrame: (frame: MicFrame) => void;
  /** Largest render block. Default 2,048 samples. */
  readonly maxBlockLength?: number;
}

/**
 * Turns render blocks of any size, rate and channel count into 10 ms frames, mono, 16 kHz.
 * Runs in `AudioWorkletProcessor.process`, so it allocates nothing after it has been made.
 */
export function createFrameCutter(options: FrameCutterOptions): { push(channels: readonly Float32Array[]): void } {
  const { inputRateHz, takeFrame, emitFrame, maxBlockLength = 2048 } = options;
  const resampler = createResampler({ inputRateHz, outputRateHz: MIC_SAMPLE_RATE_HZ, maxBlockLength });
  const mono = new Float32Array(maxBlockLength);
  const converted = new Float32Array(resampler.maxOutputLength(maxBlockLength));
  const pending = new Float32Array(MIC_FRAME_SAMPLES);
  let pendingLength = 0;
  let sequence = 0;

  function cut(): void {
    const frame = takeFrame();
    if (frame) {
      let energy = 0;
      let peak = 0;
      for (let i = 0; i < MIC_FRAME_SAMPLES; i++) {
        const sample = toInt16(pending[i] ?? 0);
        frame.samples[i] = sample;
        energy += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
      }
      frame.counters[0] = sequence;
      frame.levels[1] = Math.sqrt(energy / MIC_FRAME_SAMPLES) / 32768;
      frame.levels[2] = peak / 32768;
      emitFrame(frame);
    }
    sequence++;
    pendingLength = 0;
  }

  return {
    push(channels) {
      const first = channels[0];
      if (!first) return;
      const length = first.length;
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let c = 0; c < channels.length; c++) sum += channels[c]?.[i] ?? 0;
        mono[i] = sum / channels.length;
      }
      const count = resampler.process(mono, length, converted);
      for (let i = 0; i < count; i++) {
        pending[pendingLength++] = converted[i] ?? 0;
        if (pendingLength === MIC_FRAME_SAMPLES) cut();
      }
    },
  };
}
