import { BAND_COUNT, createBandLevels } from './createBandLevels.js';
import { createPitchTracker } from './createPitchTracker.js';

/** What is measured of the sound to tell a voice from noise. */
export interface VoiceFeatures {
  /** Float64Array [VOICE_FEATURE_COUNT], each about 0 to 3; filled anew by each `push`. */
  readonly values: Float64Array;
  /** Hz; null where the sound has no period. */
  readonly pitchHz: number | null;
  /** Takes 10 ms: Int16Array [160], mono, 16 kHz. Allocates nothing. */
  push(frame: Int16Array): void;
  reset(): void;
}

/** Measured in each frame; they stand in `values` as they are, then averaged over some 60 ms, then over some 300 ms. */
const INSTANTS = 10;
/** Measured over time in the first place. */
const TRENDS = 7;
export const VOICE_FEATURE_COUNT = 3 * INSTANTS + TRENDS;

const FRAME_SAMPLES = 160;
const SHORT_FRAMES = 6;
const LONG_FRAMES = 30;
/** Bands of the first harmonics and formant, of the second and third formant, and of hiss. */
const LOW_END = 6;
const MIDDLE_END = 10;
/** A period this clear is a voice's, or an instrument's. */
const VOICED = 0.55;
/** Relative change of pitch in 10 ms: below the first a machine holds the tone, up to the second a voice glides. */
const HELD_STEP = 0.003;
const GLIDE_STEP = 0.05;
/** How long ago somebody was loud is forgotten at 2 dB a second. */
const LOUDEST_FALL_DB = 0.02;
const FIRST_LOUDEST_DB = -60;

/** Makes features of a sound that has not begun. */
export function createVoiceFeatures(): VoiceFeatures {
  const bands = createBandLevels();
  const pitch = createPitchTracker();
  const samples = new Float64Array(FRAME_SAMPLES);
  const values = new Float64Array(VOICE_FEATURE_COUNT);
  let isFirst = true;
  let meanDb = 0;
  let meanSquare = 0;
  let held = 0;
  let gliding = 0;
  let voiced = 0;
  let lastPitchHz = 0;
  let loudestDb = FIRST_LOUDEST_DB;

  function put(index: number, value: number): void {
    values[index] = value;
    for (const [row, frames] of [[1, SHORT_FRAMES], [2, LONG_FRAMES]] as const) {
      const at = row * INSTANTS + index;
      const average = values[at] ?? 0;
      values[at] = isFirst ? value : average + (value - average) / frames;
    }
  }

  function followPitch(): void {
    const isVoiced = pitch.periodicity > VOICED;
    const step = isVoiced && lastPitchHz > 0 ? Math.abs(Math.log(pitch.pitchHz / lastPitchHz)) : Infinity;
    lastPitchHz = isVoiced ? pitch.pitchHz : 0;
    held += ((step < HELD_STEP ? 1 : 0) - held) / 20;
    gliding += ((step >= HELD_STEP && step < GLIDE_STEP ? 1 : 0) - gliding) / 20;
    voiced += ((isVoiced ? 1 : 0) - voiced) / 50;
  }

  return {
    values,
    get pitchHz() {
      return pitch.periodicity > VOICED ? pitch.pitchHz : null;
    },
    push(frame) {
      for (let n = 0; n < FRAME_SAMPLES; n++) samples[n] = frame[n] ?? 0;
      bands.push(samples);
      pitch.push(samples);
      followPitch();
      const { levels, aboveFloor, floors } = bands;
      const lowDb = mean(aboveFloor, 0, LOW_END);
      const middleDb = mean(aboveFloor, LOW_END, MIDDLE_END);
      put(0, lowDb / 10);
      put(1, middleDb / 10);
      put(2, mean(aboveFloor, MIDDLE_END, BAND_COUNT) / 10);
      put(3, highest(aboveFloor) / 10);
      put(4, pitch.periodicity);
      put(5, (pitch.periodicity * lowDb) / 10);
      put(6, Math.min(bands.fluxDb, 12) / 5);
      put(7, bands.unevennessDb / 10);
      put(8, (mean(levels, 0, LOW_END) - mean(levels, MIDDLE_END, BAND_COUNT)) / 20);
      put(9, bands.crest);

      const bodyDb = (lowDb + middleDb) / 2;
      meanDb += (bodyDb - meanDb) / 40;
      meanSquare += (bodyDb * bodyDb - meanSquare) / 40;
      const levelDb = mean(levels, 0, BAND_COUNT);
      loudestDb = Math.max(levelDb, loudestDb - LOUDEST_FALL_DB);
      let at = 3 * INSTANTS;
      // Syllables: speech swings some four times a second.
      values[at++] = Math.sqrt(Math.max(0, meanSquare - meanDb * meanDb)) / 10;
      values[at++] = held;
      values[at++] = voiced;
      values[at++] = gliding;
      values[at++] = (levelDb - loudestDb) / 20;
      values[at++] = lowDb / 10 - (values[2 * INSTANTS] ?? 0);
      values[at++] = (mean(floors, 0, LOW_END) - mean(floors, MIDDLE_END, BAND_COUNT)) / 20;
      isFirst = false;
    },
    reset() {
      bands.reset();
      pitch.reset();
      values.fill(0);
      isFirst = true;
      meanDb = 0;
      meanSquare = 0;
      held = 0;
      gliding = 0;
      voiced = 0;
      lastPitchHz = 0;
      loudestDb = FIRST_LOUDEST_DB;
    },
  };
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += values[n] ?? 0;
  return sum / (to - from);
}

function highest(values: Float64Array): number {
  let most = 0;
  for (let n = 0; n < values.length; n++) most = Math.max(most, values[n] ?? 0);
  return most;
}
