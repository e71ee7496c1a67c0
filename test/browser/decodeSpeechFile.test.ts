import { describe, expect, it } from 'vitest';
import { decodeSpeechFile } from '../../src/audio/decodeSpeechFile.js';
// 0.5 s of 440 Hz at half of full scale, stereo, 44.1 kHz: sox -n -r 44100 -c 2 tone-440.ogg synth 0.5 sine 440 vol 0.5
import toneUrl from '../fixtures/tone-440.ogg?url';

/** Rising passages through zero, which a tone of N Hz has N times a second. */
const crossings = (samples: Int16Array) => samples.reduce((count, sample, index) => count + (sample >= 0 && (samples[index - 1] ?? 0) < 0 ? 1 : 0), 0);

/** A WAV of 32-bit floats, which our own reader leaves to the browser. */
function floatWav(floats: Float32Array, sampleRateHz: number): Blob {
  const header = new DataView(new ArrayBuffer(44));
  const text = (offset: number, value: string) => [...value].forEach((letter, index) => header.setUint8(offset + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  header.setUint32(4, 36 + floats.byteLength, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 3, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sampleRateHz, true);
  header.setUint32(28, sampleRateHz * 4, true);
  header.setUint16(32, 4, true);
  header.setUint16(34, 32, true);
  text(36, 'data');
  header.setUint32(40, floats.byteLength, true);
  return new Blob([header, new Float32Array(floats)], { type: 'audio/wav' });
}

describe('a file that the browser decodes', () => {
  it('is Ogg, in stereo at 44.1 kHz: it comes out as mono at 16 kHz', async () => {
    const file = await (await fetch(toneUrl)).blob();
    const samples = await decodeSpeechFile(file, 16_000);
    expect(samples.length).toBeGreaterThan(7_800);
    expect(samples.length).toBeLessThan(8_400);
    expect(crossings(samples)).toBeGreaterThan(214);
    expect(crossings(samples)).toBeLessThan(226);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(14_000);
    expect(peak).toBeLessThan(19_000);
  });

  it('is WAV of another depth, and louder than full scale is clamped', async () => {
    const floats = Float32Array.from({ length: 16_000 }, (_, index) => (index < 8_000 ? 0.25 : 1.5));
    const samples = await decodeSpeechFile(floatWav(floats, 16_000), 16_000);
    expect(samples).toHaveLength(16_000);
    expect([samples[4_000], samples[12_000]]).toEqual([8192, 32767]);
  });

  it.each(['audio/mpeg', 'application/pdf'])('is refused by its type when it is no sound: %s', async (type) => {
    const refused = decodeSpeechFile(new Blob(['this is no sound'], { type }), 16_000);
    await expect(refused).rejects.toMatchObject({ reason: 'audio-invalid', message: expect.stringContaining(type) as string });
  });
});
