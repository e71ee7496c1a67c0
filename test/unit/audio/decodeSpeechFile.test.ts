import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeSpeechFile } from '../../../src/audio/decodeSpeechFile.js';
import { encodeWav } from '../../../src/dsp/wav.js';
import { createSpeaker } from '../../../src/session/createSpeaker.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

/** A WAV of any channel count: the writer's mono header, with the count set. */
function wavFile(samples: Int16Array, sampleRateHz: number, channels: number, type = 'audio/wav'): Blob {
  const bytes = encodeWav(samples, sampleRateHz);
  new DataView(bytes.buffer).setUint16(22, channels, true);
  return new Blob([new Uint8Array(bytes)], { type });
}

describe('decodeSpeechFile', () => {
  it('reads a recorded WAV as it is', async () => {
    const bytes = readFileSync('test/fixtures/speech-16k.wav');
    const samples = await decodeSpeechFile(new Blob([new Uint8Array(bytes)]), 16_000);
    const wanted = new Int16Array(new Uint8Array(bytes.subarray(44)).buffer);
    expect(samples.length).toBe(wanted.length);
    expect(Buffer.compare(Buffer.from(samples.buffer), Buffer.from(wanted.buffer))).toBe(0);
  });

  it.each([
    [8_000, 1],
    [22_050, 2],
    [48_000, 6],
  ])('brings %i Hz with %i channels to mono at 16 kHz', async (rateHz, channels) => {
    // Channel c holds c times 1000, so the mean tells whether all were heard.
    const samples = Int16Array.from({ length: rateHz * channels }, (_, index) => (index % channels) * 1000 + 500);
    const decoded = await decodeSpeechFile(wavFile(samples, rateHz, channels), 16_000);
    expect(Math.abs(decoded.length - 16_000)).toBeLessThanOrEqual(1);
    expect(Math.abs((decoded[8_000] ?? 0) - (500 + ((channels - 1) / 2) * 1000))).toBeLessThanOrEqual(1);
  });

  it('takes a file that ends within a sample', async () => {
    const whole = new Uint8Array(await wavFile(new Int16Array(100).fill(7), 16_000, 1).arrayBuffer());
    await expect(decodeSpeechFile(new Blob([whole.slice(0, -1)]), 16_000)).resolves.toEqual(new Int16Array(99).fill(7));
  });

  it.each<[string, Blob]>([
    ['audio/mpeg', new Blob(['ID3'], { type: 'audio/mpeg' })],
    ['text/plain', new Blob(['hello'], { type: 'text/plain' })],
    ['of no stated type', new Blob([])],
    ['audio/x-odd', wavFile(new Int16Array(10), 3, 1, 'audio/x-odd')],
  ])('names what it cannot decode: %s', async (type, file) => {
    await expect(decodeSpeechFile(file, 16_000)).rejects.toMatchObject({ reason: 'audio-invalid', message: expect.stringContaining(type) as string });
  });

  it('says so of a file that cannot be read any more', async () => {
    const file = new File(['x'], 'gone.wav', { type: 'audio/wav' });
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    await expect(decodeSpeechFile(file, 16_000)).rejects.toMatchObject({ reason: 'audio-invalid', message: expect.stringContaining('moved or changed') as string });
  });
});

describe('a speaker', () => {
  it('says a file sample for sample, whatever format its options name', async () => {
    const clock = createManualClock();
    const said: number[] = [];
    const speaker = createSpeaker({ clock, sayText: () => null, connection: () => ({ sendAudio: (samples) => (said.push(...samples), 0), flushAudio: () => undefined }), onChange: () => undefined });
    const samples = Int16Array.from({ length: 1600 }, (_, index) => index);
    await expect(speaker.speak(wavFile(samples, 16_000, 1), { sampleRateHz: 48_000 })).resolves.toEqual({ interrupted: false, sentMs: 100 });
    expect(said).toEqual([...samples]);
  });

  it('cut short while a file is read, has said nothing of it', async () => {
    const speaker = createSpeaker({ clock: createManualClock(), sayText: () => null, connection: () => null, onChange: () => undefined });
    const speaking = speaker.speak(wavFile(new Int16Array(1600), 16_000, 1), {});
    speaker.cancel();
    await expect(speaking).resolves.toEqual({ interrupted: true, sentMs: 0 });
  });
});
