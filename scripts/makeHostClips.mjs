// Speaks the emulated host's sentences with espeak-ng and packs them into src/emulator/clips/hostClips.json. Needs espeak-ng and sox.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const SENTENCES = [
  'Hello! I can hear you well.',
  'That is interesting. Please go on.',
  'Good question. Let me think about it for a moment.',
  'Yes, I agree with you.',
  'You can interrupt me whenever you like, and I will stop talking at once.',
];
const STEPS = Array.from({ length: 89 }, (_, index) => Math.min(32_767, Math.floor(7 * 1.1 ** index + (index > 0 ? 0.5 : 0))));
const INDEX_CHANGE = [-1, -1, -1, -1, 2, 4, 6, 8];
const run = promisify(execFile);

/** @param {string} sentence */
async function speak(sentence) {
  const script = 'espeak-ng -v en-us+f3 -s 155 -p 48 --stdout "$0" | sox -q -t wav - -t raw -r 16000 -b 16 -e signed -c 1 - highpass 70 norm -4 silence 1 0.02 0.5% reverse silence 1 0.02 0.5% reverse pad 0 0.1';
  const { stdout } = await run('sh', ['-c', script, sentence], { encoding: 'buffer', maxBuffer: 1 << 24 });
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.byteLength & ~1)));
}

/**
 * IMA ADPCM: four bits per sample, the earlier one in the low half of a byte.
 *
 * @param {Int16Array} samples
 */
function encode(samples) {
  const bytes = new Uint8Array(Math.ceil(samples.length / 2));
  let predicted = 0;
  let index = 0;
  samples.forEach((sample, at) => {
    const step = STEPS[index] ?? 0;
    const distance = sample - predicted;
    const code = Math.min(7, Math.floor((Math.abs(distance) * 4) / step));
    const change = Math.floor(((2 * code + 1) * step) / 8);
    predicted = Math.max(-32_768, Math.min(32_767, predicted + (distance < 0 ? -change : change)));
    index = Math.max(0, Math.min(STEPS.length - 1, index + (INDEX_CHANGE[code] ?? 0)));
    bytes[at >> 1] = (bytes[at >> 1] ?? 0) | ((code | (distance < 0 ? 8 : 0)) << (4 * (at & 1)));
  });
  return bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const clips = [];
  for (const text of SENTENCES) {
    const samples = await speak(text);
    clips.push({ text, sampleCount: samples.length, adpcm: Buffer.from(encode(samples)).toString('base64') });
    console.log(`${(samples.length / 16_000).toFixed(1)} s  ${text}`);
  }
  const file = join(import.meta.dirname, '..', 'src', 'emulator', 'clips', 'hostClips.json');
  await writeFile(file, `${JSON.stringify({ sampleRateHz: 16_000, clips }, null, 1)}\n`);
}
