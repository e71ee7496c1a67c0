import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { convertPcm } from '../../src/dsp/convertPcm.js';
import { encodeWav } from '../../src/dsp/wav.js';
import { readWavFile } from '../../test/e2e/support/signals.js';
import { SPEECH_FILE } from '../../test/e2e/support/speechFile.js';

const BLOCK_SAMPLES = 320;
/** RMS of 16-bit samples below which a block counts as a pause. */
const PAUSE_RMS = 500;
const MICROPHONE_RATE_HZ = 48_000;

/** Speech without its pauses: whenever it is begun, there is something to hear. Int16Array [samples], mono, 16 kHz. */
export function steadySpeech(): Int16Array<ArrayBuffer> {
  const { samples } = readWavFile(SPEECH_FILE);
  const kept: number[] = [];
  for (let at = 0; at + BLOCK_SAMPLES <= samples.length; at += BLOCK_SAMPLES) {
    const block = samples.subarray(at, at + BLOCK_SAMPLES);
    const energy = block.reduce((sum, sample) => sum + sample * sample, 0);
    if (Math.sqrt(energy / BLOCK_SAMPLES) > PAUSE_RMS) kept.push(...block);
  }
  return Int16Array.from(kept);
}

/** Writes speech as the fake microphone wants it. @returns the file's absolute path. */
export async function writeMicrophoneFile(speech: Int16Array): Promise<string> {
  const file = resolve('test-results/steady-48k.wav');
  await mkdir('test-results', { recursive: true });
  await writeFile(file, encodeWav(convertPcm(speech, 16_000, MICROPHONE_RATE_HZ), MICROPHONE_RATE_HZ));
  return file;
}
