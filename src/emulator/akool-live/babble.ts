/** Of the sound that an avatar speaks: mono. */
const RATE_HZ = 16_000;
const LETTER_MS = 65;
const MAX_MS = 30_000;
const OVERTONES = 8;

/**
 * Sound with the rhythm of a text but no words: a syllable for each run of letters with a vowel, a rest for each blank.
 * The emulator has no speech synthesis, and this moves the mouth as well.
 *
 * @returns Int16Array [samples], mono, 16 kHz; at most 30 s.
 */
export function babble(text: string): Int16Array {
  const letters = [...text].slice(0, MAX_MS / LETTER_MS);
  const perLetter = (LETTER_MS * RATE_HZ) / 1000;
  const samples = new Int16Array(letters.length * perLetter);
  let phase = 0;
  letters.forEach((letter, index) => {
    if (!/\p{L}|\p{N}/u.test(letter)) return;
    const loudness = /[aeiouyäöü]/i.test(letter) ? 1 : 0.45;
    const pitchHz = 120 + (((letter.codePointAt(0) ?? 0) * 37) % 80);
    for (let i = 0; i < perLetter; i++) {
      phase += (2 * Math.PI * pitchHz) / RATE_HZ;
      let value = 0;
      for (let overtone = 1; overtone <= OVERTONES; overtone++) value += Math.sin(phase * overtone) / overtone;
      // Never down to nothing inside a word: its letters run into each other.
      samples[index * perLetter + i] = 5_000 * loudness * (0.4 + 0.6 * Math.sin((Math.PI * i) / perLetter)) * value;
    }
  });
  return samples;
}
