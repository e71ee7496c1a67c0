/**
 * A piece of speech as it crosses to the playback worklet, and back empty:
 * f64 sample rate in Hz, u32 sample count, u32 reserved, then int16 [4096] mono, of which the first `sample count` are used. 8,208 bytes.
 */
export const PCM_CHUNK_SAMPLES = 4096;
const HEADER_BYTES = 16;
export const PCM_CHUNK_BYTES = HEADER_BYTES + PCM_CHUNK_SAMPLES * 2;

/** Views over one chunk buffer. */
export interface PcmChunk {
  readonly buffer: ArrayBuffer;
  /** [0]: sample rate in Hz. */
  readonly rate: Float64Array;
  /** [2]: how many samples are used; [0] and [1] are the rate's bytes. */
  readonly counters: Uint32Array;
  readonly samples: Int16Array;
}

/** Lays views over a buffer of {@link PCM_CHUNK_BYTES}; makes the buffer when none is given. */
export function pcmChunk(buffer: ArrayBuffer = new ArrayBuffer(PCM_CHUNK_BYTES)): PcmChunk {
  return {
    buffer,
    rate: new Float64Array(buffer, 0, 1),
    counters: new Uint32Array(buffer, 0, 4),
    samples: new Int16Array(buffer, HEADER_BYTES, PCM_CHUNK_SAMPLES),
  };
}
