/** Of what {@link createFormantVoice} says. */
export const VOICE_RATE_HZ = 16_000;

/** The two lowest resonances of the mouth, which make a vowel what it is. Hertz. */
const VOWELS: Readonly<Record<string, readonly [number, number]>> = { a: [730, 1_090], e: [530, 1_840], i: [290, 2_250], o: [570, 840], u: [320, 870], y: [300, 1_990] };
const BANDWIDTH_HZ = 90;
const LETTER_MS = { vowel: 95, consonant: 55, blank: 70, mark: 220 };

interface Resonator {
  (input: number, frequencyHz: number): number;
}

/**
 * A voice that needs no network: it says vowels for vowels and a hum for the rest. Nobody understands it, but it has the
 * rhythm of the text, and a mouth can follow it.
 *
 * @returns synthesises a sentence: Int16Array [samples], mono, 16 kHz.
 */
export function createFormantVoice(): (sentence: string) => Int16Array {
  return (sentence) => {
    const letters = [...sentence.toLowerCase()];
    const samples = new Int16Array(letters.reduce((total, letter) => total + samplesOf(letter), 0));
    const [first, second] = [createResonator(), createResonator()];
    let formants: readonly [number, number] = [500, 1_500];
    let position = 0;
    let phase = 0;
    let loudness = 0;
    for (const letter of letters) {
      const target = VOWELS[letter] ?? ([350, 1_400] as const);
      const wanted = kindOf(letter) === 'vowel' ? 1 : kindOf(letter) === 'consonant' ? 0.3 : 0;
      for (const end = position + samplesOf(letter); position < end; position++) {
        // Everything glides: jaws do.
        formants = [formants[0] + (target[0] - formants[0]) * 0.004, formants[1] + (target[1] - formants[1]) * 0.004];
        loudness += (wanted - loudness) * 0.004;
        // The voice sinks towards the end of the sentence.
        phase = (phase + (135 - (35 * position) / samples.length) / VOICE_RATE_HZ) % 1;
        const throat = (1 - 2 * phase) * loudness;
        samples[position] = Math.max(-1, Math.min(1, (first(throat, formants[0]) + 0.5 * second(throat, formants[1])) * 0.09)) * 32_767;
      }
    }
    return samples;
  };
}

function kindOf(letter: string): keyof typeof LETTER_MS {
  if (letter in VOWELS) return 'vowel';
  if (/\p{L}|\p{N}/u.test(letter)) return 'consonant';
  return /\s/.test(letter) ? 'blank' : 'mark';
}

function samplesOf(letter: string): number {
  return (LETTER_MS[kindOf(letter)] * VOICE_RATE_HZ) / 1_000;
}

/** A filter with two poles that rings at one frequency. */
function createResonator(): Resonator {
  const radius = Math.exp((-Math.PI * BANDWIDTH_HZ) / VOICE_RATE_HZ);
  let last = 0;
  let previous = 0;
  return (input, frequencyHz) => {
    const output = input + 2 * radius * Math.cos((2 * Math.PI * frequencyHz) / VOICE_RATE_HZ) * last - radius * radius * previous;
    previous = last;
    last = output;
    return output;
  };
}
