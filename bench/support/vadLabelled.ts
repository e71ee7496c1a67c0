import { readdirSync, readFileSync } from 'node:fs';
import { readWav } from '../../src/dsp/readWav.js';

/** A recording of which it is known when somebody speaks. */
export interface LabelledFile {
  readonly name: string;
  /** Kind of noise in it, with its distance in dB. */
  readonly noise: string;
  /** Int16Array [samples], mono, 16 kHz. */
  readonly samples: Int16Array;
  /** Whether somebody speaks, for each 10 ms: Uint8Array [frames]. */
  readonly speech: Uint8Array;
}

const FOLDER = 'bench/data/vad';

/** Reads the labelled set: 16 files of 20 s, two for each kind of noise. */
export function readLabelledFiles(): readonly LabelledFile[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.wav'))
    .sort()
    .map((file) => readLabelledFile(file.slice(0, -'.wav'.length)));
}

function readLabelledFile(name: string): LabelledFile {
  const wav = readWav(readFileSync(`${FOLDER}/${name}.wav`));
  if (wav?.sampleRateHz !== 16_000 || wav.channels !== 1) throw new Error(`${name}.wav is not mono at 16 kHz.`);
  // A Buffer's own slice() would be a view of the whole file.
  const samples = new Int16Array(Uint8Array.from(wav.data).buffer);
  const speech = new Uint8Array(Math.floor(samples.length / 160));
  const fields = readFileSync(`${FOLDER}/${name}.scv`, 'utf8').trim().split(',').slice(1).map(Number);
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [startSeconds = 0, endSeconds = 0, label = 0] = fields.slice(at, at + 3);
    speech.fill(label, Math.round(startSeconds * 100), Math.round(endSeconds * 100));
  }
  return { name, noise: name.split('-')[2] ?? name, samples, speech };
}

/** The 10 ms frames of a recording: Int16Array [160] each, views of it. */
export function framesOf(samples: Int16Array): readonly Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, index) => samples.subarray(index * 160, index * 160 + 160));
}
