import { createRandom, type Random } from './noiseRandom.js';
import { bands, voiceMurmur } from './noiseVoices.js';

/** The kinds of sound that are not somebody speaking to us. */
export const noiseKinds = ['silence', 'room', 'white', 'pink', 'babble', 'typing', 'music', 'melody', 'hum', 'claps', 'ringtone', 'breath'] as const;

export type NoiseKind = (typeof noiseKinds)[number];

const RATE_HZ = 16_000;
const TAU = 2 * Math.PI;

type Generator = (samples: Float64Array, random: Random) => void;

/**
 * Makes noise: Int16Array [seconds * 16,000], mono, 16 kHz. The same seed gives the same sound.
 * Loudness differs from seed to seed, from -45 to -25 dBFS; silence is silent, and a room is at -62 to -52.
 */
export function makeNoise(kind: NoiseKind, seed: number, seconds: number): Int16Array {
  const random = createRandom(seed * 7919 + noiseKinds.indexOf(kind));
  const samples = new Float64Array(seconds * RATE_HZ);
  generators[kind](samples, random);
  const levelDb = kind === 'silence' ? -127 : kind === 'room' ? random.between(-62, -52) : random.between(-45, -25);
  let power = 1e-20;
  for (const sample of samples) power += sample * sample;
  const gain = (10 ** (levelDb / 20) / Math.sqrt(power / samples.length)) * 32768;
  // A microphone in a silent room still moves in its last bit.
  return Int16Array.from(samples, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * gain + random.between(-0.6, 0.6)))));
}

const generators: Record<NoiseKind, Generator> = {
  silence: () => undefined,
  room(samples, random) {
    pink(samples, random);
    let drift = 1;
    for (let n = 0; n < samples.length; n++) {
      if (n % 1600 === 0) drift = Math.max(0.6, Math.min(1.6, drift + random.between(-0.1, 0.1)));
      samples[n] = (samples[n] ?? 0) * drift;
    }
    // Somebody puts something down.
    for (let at = 0; (at += Math.round(random.between(2, 9) * RATE_HZ)) < samples.length; ) burst(samples, at, random.between(0.01, 0.05), random.between(2, 12), 0.6, random);
  },
  white(samples, random) {
    for (let n = 0; n < samples.length; n++) samples[n] = random.gauss();
  },
  pink,
  babble(samples, random) {
    const voices = Math.round(random.between(6, 10));
    for (let voice = 0; voice < voices; voice++) voiceMurmur(samples, random);
  },
  typing(samples, random) {
    floor(samples, random, 0.01);
    for (let at = 0; (at += Math.round(random.between(0.06, random.next() < 0.1 ? 1.5 : 0.3) * RATE_HZ)) < samples.length; ) {
      const loudness = random.between(0.4, 1);
      burst(samples, at, random.between(0.002, 0.006), loudness, 0.2, random);
      burst(samples, at + Math.round(random.between(0.05, 0.09) * RATE_HZ), random.between(0.003, 0.008), loudness * 0.5, 0.5, random);
    }
  },
  music(samples, random) {
    const beat = Math.round(random.between(0.35, 0.7) * RATE_HZ);
    const root = random.between(80, 160);
    for (let at = 0, step = 0; at < samples.length; at += beat, step++) {
      const chord = root * 2 ** (random.pick([0, 5, 7, 9, 2]) / 12);
      if (step % 2 === 0) for (const interval of [0, 4, 7, 12]) note(samples, at, beat * 2, chord * 2 ** (interval / 12), 0.3, [1, 0.6, 0.4, 0.25, 0.15, 0.1], 1.5);
      if (random.next() < 0.7) note(samples, at, beat, chord * 2 ** (random.pick([12, 14, 16, 19, 21, 24]) / 12), 0.35, [1, 0.3, 0.2, 0.1], 3);
      burst(samples, at, step % 2 === 0 ? 0.03 : 0.015, 0.5, step % 2 === 0 ? 0.9 : 0.1, random);
    }
  },
  melody(samples, random) {
    const root = random.between(200, 500);
    for (let at = 0; at < samples.length; ) {
      const length = Math.round(random.pick([0.2, 0.3, 0.4, 0.6]) * RATE_HZ);
      if (random.next() < 0.85) note(samples, at, length, root * 2 ** (random.pick([0, 2, 4, 5, 7, 9, 11, 12]) / 12), 1, [1, 0.2, 0.3, 0.05], 0.8, random.between(0, 0.006));
      at += length;
    }
  },
  hum(samples, random) {
    const mains = random.pick([50, 60]);
    floor(samples, random, 0.02);
    for (let harmonic = 1; harmonic <= 20; harmonic++) {
      const amplitude = random.between(0, 1) / harmonic;
      const phase = random.between(0, TAU);
      for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) + amplitude * Math.sin((TAU * mains * harmonic * n) / RATE_HZ + phase);
    }
  },
  claps(samples, random) {
    floor(samples, random, 0.003);
    for (let at = 0; (at += Math.round(random.between(0.25, 1.2) * RATE_HZ)) < samples.length; ) burst(samples, at, random.between(0.01, 0.04), random.between(0.5, 1), 0.4, random);
  },
  ringtone(samples, random) {
    floor(samples, random, 0.003);
    const [low, high] = random.pick([[440, 480], [800, 1000], [1319, 1568], [600, 900]] as const);
    const warbleHz = random.between(8, 20);
    const period = random.between(2, 4);
    for (let n = 0; n < samples.length; n++) {
      const t = n / RATE_HZ;
      if (t % period > period * 0.4) continue;
      samples[n] = (samples[n] ?? 0) + Math.sin(TAU * ((t * warbleHz) % 1 < 0.5 ? low : high) * t) + 0.2 * Math.sin(TAU * 3 * low * t);
    }
  },
  breath(samples, random) {
    const hiss = new Float64Array(samples.length);
    for (let n = 0; n < hiss.length; n++) hiss[n] = random.gauss();
    bands(hiss, [random.between(400, 700), random.between(1200, 1800), random.between(2500, 4000)], 600);
    for (let at = 0; at < samples.length; at += Math.round(random.between(0.3, 1.2) * RATE_HZ)) {
      const length = Math.round(random.between(0.7, 1.6) * RATE_HZ);
      const loudness = random.between(0.5, 1);
      for (let n = 0; n < length && at + n < samples.length; n++) samples[at + n] = (hiss[at + n] ?? 0) * loudness * Math.sin((Math.PI * n) / length) ** 2;
      at += length;
    }
    floor(samples, random, 0.02);
  },
};

function pink(samples: Float64Array, random: Random): void {
  let slow = 0;
  let middle = 0;
  let fast = 0;
  for (let n = 0; n < samples.length; n++) {
    const white = random.gauss();
    // Paul Kellet's economy filter: -3 dB an octave within 0.5 dB.
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    samples[n] = slow + middle + fast + white * 0.1848;
  }
}

function floor(samples: Float64Array, random: Random, amplitude: number): void {
  for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) + amplitude * random.gauss();
}

/** Noise that dies away. `darkness` 0 is white, towards 1 it loses its treble. */
function burst(samples: Float64Array, at: number, decaySeconds: number, loudness: number, darkness: number, random: Random): void {
  let last = 0;
  for (let n = 0; n < decaySeconds * 6 * RATE_HZ && at + n < samples.length; n++) {
    last = darkness * last + (1 - darkness) * random.gauss();
    samples[at + n] = (samples[at + n] ?? 0) + loudness * last * Math.exp(-n / (decaySeconds * RATE_HZ));
  }
}

function note(samples: Float64Array, at: number, length: number, pitchHz: number, loudness: number, harmonics: readonly number[], decay: number, vibrato = 0): void {
  for (let n = 0; n < length && at + n < samples.length; n++) {
    const t = n / RATE_HZ;
    const envelope = Math.min(1, n / 160) * Math.min(1, (length - n) / 320) * Math.exp(-decay * t);
    const phase = TAU * pitchHz * (t + (vibrato / (TAU * 5.5)) * Math.sin(TAU * 5.5 * t));
    let value = 0;
    for (let k = 0; k < harmonics.length; k++) value += (harmonics[k] ?? 0) * Math.sin(phase * (k + 1));
    samples[at + n] = (samples[at + n] ?? 0) + loudness * envelope * value;
  }
}
