/** Of the sounds below: Int16Array [samples], mono. */
export const TEST_SOUND_RATE_HZ = 24_000;

/** Two notes, the second above the first: pleasant, and heard on the smallest loudspeaker. */
const CHIME_HZ = [659.25, 987.77];
const CHIME_NOTE_SECONDS = 0.45;
const CHIME_STEP_SECONDS = 0.18;

/** A chime by which a user finds out where the sound comes from. */
export function chime(): Int16Array {
  const length = Math.round((CHIME_STEP_SECONDS + CHIME_NOTE_SECONDS) * TEST_SOUND_RATE_HZ);
  return Int16Array.from({ length }, (_, n) => {
    const seconds = n / TEST_SOUND_RATE_HZ;
    const value = CHIME_HZ.reduce((sum, frequencyHz, note) => sum + struck(frequencyHz, seconds - note * CHIME_STEP_SECONDS), 0);
    return Math.round(value * 9_000);
  });
}

function struck(frequencyHz: number, seconds: number): number {
  if (seconds <= 0 || seconds >= CHIME_NOTE_SECONDS) return 0;
  const turn = 2 * Math.PI * frequencyHz * seconds;
  const fadeOut = Math.min(1, (CHIME_NOTE_SECONDS - seconds) / 0.05);
  return Math.min(1, seconds / 0.005) * fadeOut * Math.exp(-6 * seconds) * (Math.sin(turn) + 0.25 * Math.sin(2 * turn));
}

/** First three formants of a, e, i, o, u; Hz. Rounded from Peterson and Barney, 1952. */
const VOWELS_HZ = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
] as const;
/** Syllables and the pauses after them, ms. Uneven, so that the phrase is like itself at no other delay. */
const SYLLABLES_MS = [
  [160, 60], [220, 130], [140, 40], [260, 220], [150, 70], [180, 50], [240, 180], [130, 90], [200, 60], [270, 240], [150, 60], [210, 120],
] as const;
const HARMONICS = 26;

/** A phrase without words: it has the loudness and the spectrum of speech, which is what an echo canceller is made for. 4.1 s. */
export function phrase(): Int16Array {
  const lengthMs = SYLLABLES_MS.reduce((sum, [soundMs, pauseMs]) => sum + soundMs + pauseMs, 0);
  const samples = new Int16Array(Math.round((lengthMs / 1000) * TEST_SOUND_RATE_HZ));
  let offset = 0;
  SYLLABLES_MS.forEach(([soundMs, pauseMs], index) => {
    const formants = VOWELS_HZ[index % VOWELS_HZ.length] ?? VOWELS_HZ[0];
    const length = Math.round((soundMs / 1000) * TEST_SOUND_RATE_HZ);
    const pitchHz = 125 + 12 * Math.sin(index * 1.7);
    const amplitudes = Array.from({ length: HARMONICS }, (_, n) => vowelGain((n + 1) * pitchHz, formants) / (n + 1) ** 0.5);
    const scale = 11_000 / amplitudes.reduce((sum, value) => sum + value, 0);
    for (let n = 0; n < length; n++) {
      const turn = (2 * Math.PI * pitchHz * n) / TEST_SOUND_RATE_HZ;
      const value = amplitudes.reduce((sum, amplitude, harmonic) => sum + amplitude * Math.sin((harmonic + 1) * turn + harmonic), 0);
      samples[offset + n] = Math.round(value * scale * Math.sin((Math.PI * n) / length) ** 0.5);
    }
    offset += length + Math.round((pauseMs / 1000) * TEST_SOUND_RATE_HZ);
  });
  return samples;
}

function vowelGain(frequencyHz: number, formantsHz: readonly number[]): number {
  return formantsHz.reduce((sum, formantHz, order) => sum + 0.5 ** order / (1 + ((frequencyHz - formantHz) / 90) ** 2), 0.01);
}
