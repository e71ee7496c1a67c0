import { AvatarError } from '../../errors/AvatarError.js';
import { BANDS, FFT_SAMPLES, FRAME_SAMPLES } from './bands.js';
import { createBandAnalyser } from './createBandAnalyser.js';
import { createBandLevels } from './createBandLevels.js';
import { createDelayLine } from './createDelayLine.js';
import { createDuckTest } from './createDuckTest.js';
import { createEchoDelay } from './createEchoDelay.js';
import { createEchoFilter } from './createEchoFilter.js';
import { createEchoPast, LAGS } from './createEchoPast.js';
import { createEnvelopePredictor } from './createEnvelopePredictor.js';
import { createLagCorrelation } from './createLagCorrelation.js';
import { createNoiseFloor } from './createNoiseFloor.js';
import { createRealFft } from './createRealFft.js';
import { signWeight } from './signWeight.js';

/** What the avatar's own sound explains of 10 ms of the microphone. One object, filled anew at each call. */
export interface EchoVerdict {
  /** Share of the microphone's power that is no more than the avatar's echo, 0 to 1. */
  readonly explained: number;
  /** How far the sound stands above every echo that was to be expected: dB, 0 to 15, mean over the bands. */
  readonly unexplainedDb: number;
  /** What of that speaks for a user at once: less where nearly all of the frame was cancelled, or what is left moves as the avatar does. */
  readonly signDb: number;
  /** The same against an echo much louder than was to be expected: what stands above it can be no echo, even when the path has changed. 0 while the echo is so faint that a canceller may be at work. */
  readonly certainDb: number;
  /** The same against an echo that is as loud, beside what is played, as all that was heard lately: it tells once the avatar is ducked. */
  readonly revealedDb: number;
  /** What is left without the echo: Float32Array [160], +-1, mono, 16 kHz; valid until the next call. */
  readonly residual: Float32Array;
  /** Whether an echo can be in the room: from the avatar's first sound to when the last of it has died away. */
  readonly echoActive: boolean;
  /** True where it moves so much as the avatar does that it must be echo, however loud; what has just been heard is then echo as well. */
  readonly isEcho: boolean;
  /** How much later than the reference the echo comes, ms. */
  readonly delayMs: number;
  /** Whether the delay has been found and enough has been heard to judge by. */
  readonly confident: boolean;
}

/** Tells the user's voice from the avatar's, which the microphone hears as well. */
export interface EchoGate {
  /**
   * Judges 10 ms.
   *
   * @param microphone - [160], mono, 16 kHz; Int16Array, or Float32Array +-1.
   * @param reference - what the loudspeaker was given in the same 10 ms, as it was played: turned down where it was turned down, silence
   * where there was none. [160], as above.
   * @throws AvatarError `audio-invalid` for frames of another length.
   */
  process(microphone: Int16Array | Float32Array, reference: Int16Array | Float32Array): EchoVerdict;
  /** Forgets what it has heard, as if newly made. */
  reset(): void;
}

/** A reference below this is silence: -60 dBFS, as mean square. */
const SILENCE = 1e-6;
/** The longest that a room goes on sounding. Frames. */
const TAIL_FRAMES = 45;
/** Of the avatar's speech, before the delay can be relied upon, and before the estimate of the path can. Frames. */
const DELAY_FRAMES = 50;
const LEARNING_FRAMES = 250;
const LIKENESS = 0.35;
/** The filter begins 30 ms before the echo, and is moved when the echo comes less than 10 or more than 80 ms after its beginning. */
const LEAD_FRAMES = 3;
const MOST_DB = 15;
/** A band counts from 3 dB above the noise. */
const FLOOR_FACTOR = 2;
/** Above this likeness what the filter left is echo, however loud: the path has changed. */
const VETO = 0.75;
/** The same where the echo is known to be. */
const VETO_HERE = 0.65;
const VETO_MEMORY_FRAMES = 20;
/** Unexplained sound that may be the user's; nothing is learnt from it but slowly. */
const DOUBLE_TALK_DB = 1.5;
const TRACE_DB = 0.3;
const TRACE_FACTOR = 2.5;
/** Above this likeness nothing that was heard is certain. */
const DOUBT = 0.55;
/** 8 dB: more than a path gains when somebody moves the device. */
const CERTAIN_FACTOR = 6.3;

/**
 * An echo this much fainter than what is played may be a canceller's work, and come back 10 to 25 dB louder when that loses its way.
 * What is louder than expected is then no proof of a user; what the duck reveals is.
 */
const FAINT_DB = -14;
/** How often it looks whether the echo is faint. */
const FAINT_FRAMES = 16;

/** Makes a gate that knows nothing of the room yet. It allocates nothing when it runs, and touches no DOM. */
export function createEchoGate(): EchoGate {
  const fft = createRealFft(FFT_SAMPLES);
  const microphoneBands = createBandAnalyser(fft);
  const referenceBands = createBandAnalyser(fft);
  const residualBands = createBandAnalyser(fft);
  const microphoneLevels = createBandLevels(300);
  const referenceLevels = createBandLevels(300);
  const residualLevels = createBandLevels(100);
  const past = createEchoPast();
  const delay = createEchoDelay();
  const line = createDelayLine(LAGS + 32);
  const filter = createEchoFilter(fft);
  const rawPredictor = createEnvelopePredictor();
  const residualPredictor = createEnvelopePredictor();
  const residualLikeness = createLagCorrelation(LAGS, VETO_MEMORY_FRAMES);
  const duckTest = createDuckTest();
  const floor = createNoiseFloor();
  const microphone = new Float32Array(FRAME_SAMPLES);
  const reference = new Float32Array(FRAME_SAMPLES);
  const residual = new Float32Array(FRAME_SAMPLES);
  const microphonePowers = new Float32Array(BANDS);
  const referencePowers = new Float32Array(BANDS);
  const residualPowers = new Float32Array(BANDS);
  const verdict = { explained: 0, unexplainedDb: 0, signDb: 0, certainDb: 0, revealedDb: 0, residual, echoActive: false, isEcho: false, delayMs: 0, confident: false };
  let played = 0;
  let quiet = TAIL_FRAMES + LAGS;
  let filterDelay = -1;
  let frames = 0;
  let isFaint = false;

  function cancel(): void {
    const wanted = Math.max(0, delay.frames - LEAD_FRAMES);
    const lead = delay.frames - filterDelay;
    if (filterDelay < 0 || lead < Math.min(1, delay.frames) || lead > 8) {
      filterDelay = wanted;
      filter.realign((ago) => line.read(wanted + ago));
    }
    filter.process(microphone, line.read(filterDelay), residual);
  }

  return {
    process(microphoneFrame, referenceFrame) {
      load(microphoneFrame, microphone);
      const power = load(referenceFrame, reference);
      const isPlaying = power > SILENCE;
      if (isPlaying) played++;
      quiet = isPlaying ? 0 : quiet + 1;
      line.push(reference);
      referenceBands.push(reference, referencePowers);
      microphoneBands.push(microphone, microphonePowers);
      floor.push(microphonePowers);
      past.push(referencePowers, referenceLevels.push(referencePowers, isPlaying));
      const confident = played > DELAY_FRAMES && delay.likeness > LIKENESS;
      const echoActive = quiet <= (confident ? delay.frames : LAGS) + TAIL_FRAMES;
      const levels = microphoneLevels.push(microphonePowers, echoActive);
      if (echoActive) delay.push(past, levels);
      if (played > DELAY_FRAMES) cancel();
      else residual.set(microphone);
      residualBands.push(residual, residualPowers);
      for (let band = 0; band < BANDS; band++) residualPowers[band] = Math.min(residualPowers[band] ?? 0, microphonePowers[band] ?? 0);
      const rest = residualLevels.push(residualPowers, echoActive);
      if (echoActive) residualLikeness.push(past.levels, past.newest, rest);

      const terms = past.terms(delay.frames);
      rawPredictor.predict(terms);
      residualPredictor.predict(terms);
      const rawDb = excess(microphonePowers, rawPredictor.expected, floor.powers);
      const restDb = excess(residualPowers, residualPredictor.expected, floor.powers);
      if (frames++ % FAINT_FRAMES === 0) isFaint = rawPredictor.gainDb() < FAINT_DB;
      duckTest.push(terms, residualPowers);
      const certainDb = excess(residualPowers, rawPredictor.expected, floor.powers, CERTAIN_FACTOR);
      const likeness = Math.max(residualLikeness.at(Math.max(0, delay.frames - 1)), residualLikeness.at(delay.frames), residualLikeness.at(Math.min(LAGS - 1, delay.frames + 1)));
      const isVetoed = echoActive && (residualLikeness.peak > VETO || likeness > VETO_HERE);
      if (echoActive) {
        const rate = isVetoed ? 2 : restDb > DOUBLE_TALK_DB && rawDb > TRACE_DB ? 0.15 : played < LEARNING_FRAMES ? 2 : 1;
        rawPredictor.learn(terms, microphonePowers, floor.powers, rate);
        residualPredictor.learn(terms, residualPowers, floor.powers, rate);
      }
      verdict.unexplainedDb = isVetoed ? 0 : echoActive ? Math.min(restDb, TRACE_FACTOR * Math.max(0, rawDb - TRACE_DB)) : restDb;
      verdict.signDb = verdict.unexplainedDb * (echoActive ? signWeight(microphonePowers, residualPowers, likeness) : 1);
      verdict.certainDb = isVetoed || isFaint ? 0 : certainDb;
      verdict.revealedDb = isVetoed ? 0 : excess(residualPowers, duckTest.expected, floor.powers);
      verdict.explained = echoActive ? explainedShare(microphonePowers, residualPowers, residualPredictor.expected, isVetoed) : 0;
      verdict.echoActive = echoActive;
      verdict.isEcho = isVetoed || (echoActive && residualLikeness.peak > DOUBT);
      verdict.delayMs = delay.frames * 10;
      verdict.confident = confident;
      return verdict;
    },
    reset() {
      for (const part of [microphoneBands, referenceBands, residualBands, microphoneLevels, referenceLevels, residualLevels, past, delay, line, filter, rawPredictor, residualPredictor, residualLikeness, duckTest, floor]) part.reset();
      played = 0;
      quiet = TAIL_FRAMES + LAGS;
      filterDelay = -1;
      frames = 0;
      isFaint = false;
    },
  };
}

/** Copies a frame as +-1. @returns its mean square. */
function load(from: Int16Array | Float32Array, to: Float32Array): number {
  if (from.length !== FRAME_SAMPLES) throw new AvatarError('audio-invalid', { message: `A frame holds ${FRAME_SAMPLES} samples, 10 ms at 16 kHz, not ${from.length}.` });
  const scale = from instanceof Int16Array ? 1 / 32_768 : 1;
  let sum = 0;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const sample = scale * (from[i] ?? 0);
    to[i] = sample;
    sum += sample * sample;
  }
  return sum / FRAME_SAMPLES;
}

/** How far the bands stand above what was expected and the noise: dB, mean of what each adds. */
function excess(powers: Float32Array, expected: Float32Array, floor: Float32Array, factor = 1): number {
  let sum = 0;
  for (let band = 0; band < BANDS; band++) {
    const ratio = (powers[band] ?? 0) / (factor * (expected[band] ?? 0) + FLOOR_FACTOR * (floor[band] ?? 0));
    if (ratio > 1) sum += Math.min(MOST_DB, 10 * Math.log10(ratio));
  }
  return sum / BANDS;
}

function explainedShare(powers: Float32Array, rest: Float32Array, expected: Float32Array, isVetoed: boolean): number {
  if (isVetoed) return 1;
  let total = 1e-12;
  let unexplained = 0;
  for (let band = 0; band < BANDS; band++) {
    total += powers[band] ?? 0;
    unexplained += Math.max(0, (rest[band] ?? 0) - (expected[band] ?? 0));
  }
  return Math.max(0, 1 - unexplained / total);
}
