const FULL_SCALE = 32768;
/** Below this (about -56 dBFS) nothing is speech. */
const SILENCE_RMS = 0.0016;
/** No voice is taken to be softer than this, or the gain would open the mouth for a whisper of noise. */
const MIN_VOICE_RMS = 0.006;
/** Soft at first: the gain meets a louder voice at once, but takes long to come down to a softer one. */
const START_VOICE_RMS = 0.02;

/** The voice's level is met within some 60 ms, and forgotten by 3 dB a second of speech. */
const GAIN_ATTACK = 0.16;
const GAIN_DECAY = 10 ** (-3 / 20 / 100);
/** Loudness as it is heard grows about with this power of the amplitude. */
const LOUDNESS_POWER = 0.7;
const MIN_LEVEL = 0.07;

const WINDOW_FRAMES = 40;
const WINDOW_COUNT = 6;
/** Until all windows are filled, a steady sound louder than this may as well be the first vowel. */
const MAX_EARLY_NOISE_POWER = 0.025 ** 2;
/** Steady noise swings by some 6 dB around its quietest 20 ms. */
const NOISE_POWER_MARGIN = 4.5;

/**
 * How loud the voice is for a speaker of its level: 0 in silence and steady noise, near 1 in a vowel.
 * Takes frames of Int16Array [160], mono, 16 kHz.
 *
 * The noise is the least power of the last 2.4 s, since every voice pauses within that time.
 *
 * @see Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics" (2001)
 */
export function createSpeechLevel(): (frame: Int16Array) => number {
  const windowMinima: number[] = [];
  let windowMinimum = Infinity;
  let windowFrames = 0;
  let noisePower = 0;
  let smoothPower = 0;
  let voiceRms = START_VOICE_RMS;

  function trackNoise(power: number): void {
    smoothPower += (power - smoothPower) * 0.4;
    windowMinimum = Math.min(windowMinimum, smoothPower);
    noisePower = Math.min(noisePower, smoothPower);
    if (++windowFrames < WINDOW_FRAMES) return;
    windowMinima.push(windowMinimum);
    if (windowMinima.length > WINDOW_COUNT) windowMinima.shift();
    const ceiling = windowMinima.length < WINDOW_COUNT ? MAX_EARLY_NOISE_POWER : Infinity;
    noisePower = Math.min(ceiling, ...windowMinima);
    windowMinimum = Infinity;
    windowFrames = 0;
  }

  return (frame) => {
    const power = meanPower(frame);
    trackNoise(power);
    const speechRms = Math.sqrt(Math.max(0, power - noisePower * NOISE_POWER_MARGIN));
    if (speechRms < SILENCE_RMS) return 0;
    if (speechRms > voiceRms) voiceRms += (speechRms - voiceRms) * GAIN_ATTACK;
    else if (speechRms > voiceRms * 0.02) voiceRms = Math.max(MIN_VOICE_RMS, voiceRms * GAIN_DECAY);
    const level = Math.min(1, speechRms / voiceRms) ** LOUDNESS_POWER;
    return level < MIN_LEVEL ? 0 : level;
  };
}

function meanPower(frame: Int16Array): number {
  if (frame.length === 0) return 0;
  let sum = 0;
  for (const sample of frame) sum += (sample / FULL_SCALE) ** 2;
  return sum / frame.length;
}
