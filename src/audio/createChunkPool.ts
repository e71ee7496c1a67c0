import { PCM_CHUNK_SAMPLES, pcmChunk, type PcmChunk } from '../dsp/pcmChunk.js';

/** Cuts speech into buffers that travel to the worklet and come back. */
export interface ChunkPool {
  /** Copies samples into as many buffers as they fill, in order. */
  cut(samples: Int16Array, sampleRateHz: number, emit: (buffer: ArrayBuffer) => void): void;
  /** Takes a buffer back. */
  give(buffer: ArrayBuffer): void;
}

/** Kept for reuse: 256 KiB. What a whole reply needed at once goes back to the browser. */
const MAX_FREE = 32;

/** Makes an empty pool. */
export function createChunkPool(): ChunkPool {
  const free: PcmChunk[] = [];
  return {
    cut(samples, sampleRateHz, emit) {
      for (let start = 0; start < samples.length; start += PCM_CHUNK_SAMPLES) {
        const part = samples.subarray(start, start + PCM_CHUNK_SAMPLES);
        const chunk = free.pop() ?? pcmChunk();
        chunk.rate[0] = sampleRateHz;
        chunk.counters[2] = part.length;
        chunk.samples.set(part);
        emit(chunk.buffer);
      }
    },
    give(buffer) {
      if (free.length < MAX_FREE) free.push(pcmChunk(buffer));
    },
  };
}
