import { loadHostClips } from '../../src/emulator/clips/loadHostClips.js';
import type { EchoRandom } from './echoRandom.js';

/** Somebody who can talk for as long as is wanted. */
export interface EchoVoice {
  /** Float32Array [seconds x 16,000], mono, 16 kHz; the level of what is spoken, pauses aside, is -20 dBFS. */
  speak(seconds: number): Float32Array;
}

const RATE_HZ = 16_000;
/** Loaded at once: the runner that loads a bench is gone when the bench runs. */
const clips = await loadHostClips();
const UPDATE_SAMPLES = 80;
/** First four formants of nine vowels of a long tract, Hz. */
const VOWELS: readonly (readonly [number, number, number, number])[] = [
  [730, 1090, 2440, 3400],
  [660, 1720, 2410, 3500],
  [530, 1840, 2480, 3500],
  [390, 1990, 2550, 3600],
  [270, 2290, 3010, 3700],
  [570, 840, 2410, 3300],
  [440, 1020, 2240, 3300],
  [300, 870, 2240, 3300],
  [490, 1350, 1690, 3300],
];
const BANDWIDTHS = [70, 90, 130, 200] as const;

/** Makes a voice of its own pitch, tract, pace and breath: source and filter, like a simple formant synthesiser. */
export function createEchoVoice(random: EchoRandom): EchoVoice {
  const pitchHz = random.between(85, 260);
  const tract = 0.92 + (0.28 * (pitchHz - 85)) / 175 + random.between(-0.06, 0.06);
  const pace = random.between(0.85, 1.2);
  const breath = random.between(0.02, 0.12);
  const tilt = random.between(0.9, 0.97);

  function sentence(seconds: number): Float32Array {
    const sound = new Float32Array(Math.round(seconds * RATE_HZ));
    const filters = BANDWIDTHS.map(() => ({ a: 0, b: 0, c: 0, y1: 0, y2: 0 }));
    const target = [...(VOWELS[0] ?? [])];
    const current = [...target];
    let at = 0;
    let voiced = 0;
    let hiss = 0;
    let amplitude = 0;
    let phase = 0;
    let pulse = 0;
    let hissHz = 4000;
    let h1 = 0;
    let h2 = 0;
    let accent = 1;
    while (at < sound.length) {
      // A syllable is a consonant and a vowel.
      const kind = random.next();
      const parts: [length: number, voice: number, hiss: number][] =
        kind < 0.3
          ? [[random.between(0.05, 0.12), 0.05, random.between(0.3, 0.9)]]
          : kind < 0.55
            ? [[random.between(0.03, 0.07), 0, 0], [0.015, 0, 1]]
            : kind < 0.85
              ? [[random.between(0.04, 0.08), 0.35, 0.02]]
              : [];
      hissHz = random.between(1800, 6500);
      accent = random.between(0.88, 1.2);
      const loud = random.between(0.55, 1);
      for (const [length, voice, noise] of [...parts, [random.between(0.08, 0.2), loud, 0.01] as [number, number, number]]) {
        const vowel = VOWELS[Math.floor(random.next() * VOWELS.length)] ?? VOWELS[0];
        for (let f = 0; f < 4; f++) target[f] = (vowel?.[f] ?? 500) * tract;
        const end = Math.min(sound.length, at + Math.round((length * RATE_HZ) / pace));
        for (; at < end; at++) {
          if (at % UPDATE_SAMPLES === 0) {
            filters.forEach((filter, f) => {
              current[f] = (current[f] ?? 0) + 0.15 * ((target[f] ?? 0) - (current[f] ?? 0));
              const radius = Math.exp((-Math.PI * (BANDWIDTHS[f] ?? 100)) / RATE_HZ);
              filter.b = 2 * radius * Math.cos((2 * Math.PI * Math.min(7600, current[f] ?? 0)) / RATE_HZ);
              filter.c = -radius * radius;
              filter.a = 1 - filter.b - filter.c;
            });
          }
          voiced += 0.008 * (voice - voiced);
          hiss += 0.015 * (noise - hiss);
          const fall = 1.12 - (0.27 * at) / sound.length;
          phase += (pitchHz * fall * accent * (1 + 0.012 * random.normal())) / RATE_HZ;
          let impulse = 0;
          if (phase >= 1) {
            phase -= 1;
            impulse = 12 * (1 + 0.06 * random.normal());
          }
          pulse = tilt * pulse + (1 - tilt) * impulse;
          let y = (pulse - 0.06 + breath * 0.3 * random.normal()) * voiced;
          for (const filter of filters) {
            const out = filter.a * y + filter.b * filter.y1 + filter.c * filter.y2;
            filter.y2 = filter.y1;
            filter.y1 = out;
            y = out;
          }
          const radius = 0.9;
          const h = random.normal() + 2 * radius * Math.cos((2 * Math.PI * hissHz) / RATE_HZ) * h1 - radius * radius * h2;
          h2 = h1;
          h1 = h;
          const edge = Math.min(1, at / 240, (sound.length - at) / 480);
          const raw = y + 0.02 * hiss * h;
          sound[at] = (raw - 0.9 * amplitude) * edge;
          amplitude = raw;
        }
      }
    }
    return sound;
  }

  return {
    speak(seconds) {
      const sound = new Float32Array(Math.round(seconds * RATE_HZ));
      for (let at = 0; at < sound.length; ) {
        const length = Math.min(sound.length - at, Math.round(random.between(0.8, 3.2) * RATE_HZ));
        sound.set(sentence(length / RATE_HZ).subarray(0, sound.length - at), at);
        at += length + Math.round(random.between(0.15, 0.45) * RATE_HZ);
      }
      return levelled(sound);
    },
  };
}

/** A voice made of the emulated host's recordings, played faster or slower: another pitch and another tract. */
export function createRecordedVoice(random: EchoRandom): EchoVoice {
  const speed = random.between(0.72, 1.3);
  return {
    speak(seconds) {
      const sound = new Float32Array(Math.round(seconds * RATE_HZ));
      for (let at = 0; at < sound.length; at += Math.round(random.between(0.15, 0.45) * RATE_HZ)) {
        const clip = clips[Math.floor(random.next() * clips.length)]?.samples ?? new Int16Array(RATE_HZ);
        for (let from = 0; from < clip.length - 1 && at < sound.length; from += speed) {
          const whole = Math.floor(from);
          const a = clip[whole] ?? 0;
          sound[at++] = (a + (from - whole) * ((clip[whole + 1] ?? 0) - a)) / 32_768;
        }
      }
      return levelled(sound);
    },
  };
}

/** Brings what is spoken to -20 dBFS. */
function levelled(sound: Float32Array): Float32Array {
  const gain = 0.1 / Math.max(1e-6, spokenLevel(sound));
  return sound.map((sample) => Math.max(-0.98, Math.min(0.98, sample * gain)));
}

/** Root mean square over the frames that are within 25 dB of the loudest. */
export function spokenLevel(sound: Float32Array): number {
  const powers: number[] = [];
  for (let at = 0; at + 160 <= sound.length; at += 160) {
    let power = 0;
    for (let i = at; i < at + 160; i++) power += (sound[i] ?? 0) ** 2;
    powers.push(power / 160);
  }
  const least = Math.max(...powers) / 316;
  const spoken = powers.filter((power) => power >= least);
  return Math.sqrt(spoken.reduce((sum, power) => sum + power, 0) / Math.max(1, spoken.length));
}
