import type { Random } from './noiseRandom.js';

const RATE_HZ = 16_000;
const VOWELS = [[730, 1090, 2440], [270, 2290, 3010], [300, 870, 2240], [530, 1840, 2480], [570, 840, 2410], [660, 1720, 2410]] as const;

/** Adds one voice of a crowd: syllables of random vowels with pauses, a pulse train through three resonances. */
export function voiceMurmur(samples: Float64Array, random: Random): void {
  const pitchHz = random.between(90, 240);
  const tract = random.between(0.9, 1.15);
  const distance = random.between(0.4, 1);
  for (let at = Math.round(random.between(0, 0.5) * RATE_HZ); at < samples.length; ) {
    const length = Math.round(random.between(0.1, 0.28) * RATE_HZ);
    const glide = random.between(-0.2, 0.1);
    const syllable = new Float64Array(length);
    let phase = 0;
    for (let n = 0; n < length; n++) {
      phase += (pitchHz * (1 + (glide * n) / length)) / RATE_HZ;
      if (phase < 1) continue;
      phase -= 1;
      syllable[n] = 1;
    }
    bands(syllable, random.pick(VOWELS).map((formantHz) => formantHz * tract), 90);
    for (let n = 0; n < length && at + n < samples.length; n++) samples[at + n] = (samples[at + n] ?? 0) + (syllable[n] ?? 0) * distance * Math.sin((Math.PI * n) / length);
    at += length + Math.round((random.next() < 0.15 ? random.between(0.3, 1.2) : random.between(0, 0.07)) * RATE_HZ);
  }
}

/** Sends the samples through resonances side by side, in place. */
export function bands(samples: Float64Array, centresHz: readonly number[], widthHz: number): void {
  const radius = Math.exp((-Math.PI * widthHz) / RATE_HZ);
  const filters = centresHz.map((centreHz, index) => ({ turn: 2 * radius * Math.cos((2 * Math.PI * centreHz) / RATE_HZ), gain: (1 - radius) / (index + 1), last: 0, before: 0 }));
  for (let n = 0; n < samples.length; n++) {
    const input = samples[n] ?? 0;
    let sum = 0;
    for (const filter of filters) {
      const output = filter.gain * input + filter.turn * filter.last - radius * radius * filter.before;
      filter.before = filter.last;
      filter.last = output;
      sum += output;
    }
    samples[n] = sum;
  }
}
