import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { convertPcm } from '../../../src/dsp/convertPcm.js';
import { encodeWav } from '../../../src/dsp/wav.js';
import { readWavFile } from './signals.js';

/** 20 s of speech, mono, 16 kHz. */
export const SPEECH_FILE = 'test/fixtures/speech-16k.wav';
/** A common rate of real hardware; from it the browser and our worklet come down to 16 kHz again. */
const MICROPHONE_RATE_HZ = 48_000;

/** Writes the speech as a microphone would hear it and returns the file's absolute path. */
export async function makeSpeechFile(): Promise<string> {
  const { samples, sampleRateHz } = readWavFile(SPEECH_FILE);
  const file = resolve('test-results/speech-48k.wav');
  await mkdir('test-results', { recursive: true });
  await writeFile(file, encodeWav(convertPcm(samples, sampleRateHz, MICROPHONE_RATE_HZ), MICROPHONE_RATE_HZ));
  return file;
}
