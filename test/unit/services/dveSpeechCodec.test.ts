import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../src/services/dve/codec/decodeFrame.js';
import { encodeAudioFrame } from '../../../src/services/dve/codec/encodeAudioFrame.js';
import { encodeFrame } from '../../../src/services/dve/codec/encodeFrame.js';
import { DVE_INTERRUPT } from '../../../src/services/dve/codec/frame.js';
import { readSpeech } from '../../../src/services/dve/codec/readSpeech.js';

const bytesOf = (samples: Int16Array) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

describe('the short way of the microphone into a message', () => {
  it.each([0, 1, 62, 63, 64, 320, 512, 8190, 8192, 40_000])('writes for %i samples what the library writes', (length) => {
    const samples = Int16Array.from({ length: length + 3 }, (_, i) => i * 7).subarray(3);
    for (const sampleRateHz of [8000, 16_000, 48_000]) {
      const byLibrary = encodeFrame({ kind: 'audio', audio: bytesOf(samples), sampleRateHz, channels: 1 });
      expect(Buffer.compare(encodeAudioFrame(samples, sampleRateHz), byLibrary)).toBe(0);
    }
  });
});

/** What the library says of the same message. */
function readByLibrary(bytes: Uint8Array): ReturnType<typeof readSpeech> {
  try {
    const frame = decodeFrame(bytes);
    if (frame.kind === 'text' && frame.text === DVE_INTERRUPT) return { kind: 'interrupt' };
    return frame.kind === 'audio' ? { kind: 'audio', frame: { audio: frame.audio, sampleRateHz: frame.sampleRateHz, channels: frame.channels } } : null;
  } catch {
    return null;
  }
}

describe('the short way of speech out of a message', () => {
  const audio = encodeFrame({ kind: 'audio', audio: Uint8Array.of(1, 2, 3, 4), sampleRateHz: 24_000, channels: 2 });
  const interrupt = encodeFrame({ kind: 'text', text: DVE_INTERRUPT });

  it.each<[string, Uint8Array]>([
    ['speech', audio],
    ['the order to fall silent', interrupt],
    ['another text', encodeFrame({ kind: 'text', text: 'Hello there, y' })],
    ['a picture', encodeFrame({ kind: 'image', image: Uint8Array.of(1), width: 2, height: 3, format: 'png' })],
    ['nothing', new Uint8Array()],
    ['two members, of which the last one counts', Uint8Array.of(...interrupt, ...audio)],
    ['two members the other way round', Uint8Array.of(...audio, ...interrupt)],
    ['speech behind a member that nobody knows', Uint8Array.of(0x4a, 2, 9, 9, ...audio)],
    ['speech before a number that nobody knows', Uint8Array.of(...audio, 0x48, 5)],
    ['speech with an id of 64 bits and a name', Uint8Array.of(0x12, 16, 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x12, 1, 65, 0x28, 1)],
    ['speech that is cut off', audio.subarray(0, 6)],
    ['a varint without an end', Uint8Array.of(0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)],
  ])('reads %s as the library does', (_case, bytes) => {
    expect(readSpeech(bytes)).toEqual(readByLibrary(bytes));
  });

  it('never hears what the library does not hear, in 20,000 damaged messages', () => {
    let seed = 1;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    let heard = 0;
    for (let i = 0; i < 20_000; i++) {
      const bytes = (i % 2 ? audio : interrupt).slice(0, random(8) === 0 ? random(14) : undefined);
      for (let n = random(3); n > 0; n--) bytes[random(bytes.length || 1)] = random(256);
      const mine = readSpeech(bytes);
      if (!mine) continue;
      heard++;
      expect(mine).toEqual(readByLibrary(bytes));
    }
    expect(heard).toBeGreaterThan(2000);
  });
});
