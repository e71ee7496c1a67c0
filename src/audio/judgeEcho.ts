/** Whether a microphone hears what the page plays. `unclear`: something else was too loud to tell. */
export type EchoTestVerdict = 'clean' | 'echo' | 'unclear';

/** What is judged; all at 100 frames a second, RMS, 0 to 1. */
export interface EchoRecording {
  /** What the microphone heard, from the moment on at which the sound was handed over to be played. */
  readonly heard: readonly number[];
  /** The same of the sound itself. */
  readonly played: readonly number[];
  /** What the microphone heard before. */
  readonly quiet: readonly number[];
}

/** Buffers and Bluetooth: the sound reaches the microphone this much later at most. */
const MAX_DELAY_FRAMES = 80;
/** A canceller needs to hear the first second before it has learnt the room. */
const LEARNING_FRAMES = 120;
/** How alike the loudness of the two must move. Two people's speech stays below 0.35. */
const LIKENESS = 0.5;
/** So much louder in the syllables than in the pauses, in dB, and a turn detector might take it for the user. */
const AUDIBLE_DB = 6;
/** So much louder than before the test, and unlike what was played: somebody talks. */
const DISTURBED_DB = 12;
/** -80 dB: below this there is nothing but the noise of converters. */
const FLOOR = 1e-4;

/** Tells an echo from a quiet microphone by what follows the rhythm of the sound that was played. */
export function judgeEcho({ heard, played, quiet }: EchoRecording): EchoTestVerdict {
  const playedDb = played.map(toDb).slice(LEARNING_FRAMES);
  let likeness = 0;
  let excessDb = 0;
  for (let delay = 0; delay <= MAX_DELAY_FRAMES; delay++) {
    const heardDb = heard.slice(LEARNING_FRAMES + delay, LEARNING_FRAMES + delay + playedDb.length).map(toDb);
    if (heardDb.length < playedDb.length) break;
    const alike = correlation(heardDb, playedDb);
    if (alike <= likeness) continue;
    likeness = alike;
    excessDb = mean(heardDb.filter((_, n) => (playedDb[n] ?? 0) > -40)) - mean(heardDb.filter((_, n) => (playedDb[n] ?? 0) <= -40));
  }
  if (likeness >= LIKENESS && excessDb >= AUDIBLE_DB) return 'echo';
  const louderDb = mean(heard.slice(LEARNING_FRAMES).map(toDb)) - mean(quiet.map(toDb));
  return louderDb > DISTURBED_DB ? 'unclear' : 'clean';
}

function toDb(rms: number): number {
  return 20 * Math.log10(Math.max(FLOOR, rms));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? toDb(0) : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(first: readonly number[], second: readonly number[]): number {
  const firstMean = mean(first);
  const secondMean = mean(second);
  let shared = 0;
  let firstPower = 0;
  let secondPower = 0;
  first.forEach((value, n) => {
    const a = value - firstMean;
    const b = (second[n] ?? 0) - secondMean;
    shared += a * b;
    firstPower += a * a;
    secondPower += b * b;
  });
  return firstPower === 0 || secondPower === 0 ? 0 : shared / Math.sqrt(firstPower * secondPower);
}
