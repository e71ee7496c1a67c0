/**
 * One microphone frame as it crosses from the worklet to its host, and back empty:
 * u32 sequence, f32 rms, f32 peak, u32 reserved, then int16 [160] mono 16 kHz of the microphone, then int16 [160] of the reference:
 * the avatar's sound as it was played in the same 10 ms. 656 bytes.
 */
export const MIC_SAMPLE_RATE_HZ = 16_000;
export const MIC_FRAME_SAMPLES = 160;
export const MIC_FRAME_MS = 10;
const HEADER_BYTES = 16;
const SAMPLES_BYTES = MIC_FRAME_SAMPLES * 2;
export const MIC_FRAME_BYTES = HEADER_BYTES + 2 * SAMPLES_BYTES;

/** Views over one frame buffer. */
export interface MicFrame {
  readonly buffer: ArrayBuffer;
  readonly counters: Uint32Array;
  readonly levels: Float32Array;
  readonly samples: Int16Array;
  /** Zeros where the avatar is silent. */
  readonly reference: Int16Array;
}

/** Lays views over a buffer of {@link MIC_FRAME_BYTES}; makes the buffer when none is given. */
export function micFrame(buffer: ArrayBuffer = new ArrayBuffer(MIC_FRAME_BYTES)): MicFrame {
  return {
    buffer,
    counters: new Uint32Array(buffer, 0, 4),
    levels: new Float32Array(buffer, 0, 4),
    samples: new Int16Array(buffer, HEADER_BYTES, MIC_FRAME_SAMPLES),
    reference: new Int16Array(buffer, HEADER_BYTES + SAMPLES_BYTES, MIC_FRAME_SAMPLES),
  };
}
