import { expect, it } from 'vitest';
import { createChunkPool } from '../../../src/audio/createChunkPool.js';
import { PCM_CHUNK_BYTES, PCM_CHUNK_SAMPLES, pcmChunk } from '../../../src/dsp/pcmChunk.js';

it('cuts speech of any length into buffers that hold all of it, in order', () => {
  const speech = Int16Array.from({ length: 2 * PCM_CHUNK_SAMPLES + 5 }, (_, i) => i % 30_000);
  const chunks: Int16Array[] = [];
  createChunkPool().cut(speech, 24_000, (buffer) => {
    const { rate, counters, samples } = pcmChunk(buffer);
    expect(rate[0]).toBe(24_000);
    chunks.push(samples.slice(0, counters[2]));
  });
  expect(chunks.map(({ length }) => length)).toEqual([PCM_CHUNK_SAMPLES, PCM_CHUNK_SAMPLES, 5]);
  expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...speech]);
});

it('uses a buffer again that has come back, and asks for no other', () => {
  const pool = createChunkPool();
  const buffers: ArrayBuffer[] = [];
  const cut = () => pool.cut(new Int16Array(480), 24_000, (buffer) => buffers.push(buffer));
  cut();
  for (const sent of [...buffers]) pool.give(sent);
  cut();
  expect(buffers[1]).toBe(buffers[0]);
  expect(buffers[0]?.byteLength).toBe(PCM_CHUNK_BYTES);
});
