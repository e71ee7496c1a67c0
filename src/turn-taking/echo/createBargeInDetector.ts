import { AvatarError } from '../../errors/AvatarError.js';
import { createSampleRing } from '../vad/createSampleRing.js';
import type { VoiceLabel } from '../voice/VoiceLabel.js';
import { FRAME_SAMPLES } from './bands.js';
import { createEchoGate, type EchoVerdict } from './createEchoGate.js';
import { createEvidence } from './createEvidence.js';

/** Bring the avatar down, stop it, or bring it back. */
export type BargeInEvent = 'duck' | 'confirm' | 'release';

export interface BargeInOptions {
  /**
   * `two-stage` ducks the avatar at the first sign and stops it when it is sure; `immediate` stops it at the first sign; `off` lets it
   * finish. Default `two-stage`.
   */
  readonly mode?: 'two-stage' | 'immediate' | 'off';
  /** How little of the user's voice is enough, 0 to 1. Default 0.5. */
  readonly sensitivity?: number;
  /** What is shorter is taken for "mhm" and does not stop the avatar, ms, 0 to 2000. Default 0: everything does. */
  readonly backchannelMs?: number;
  /** How much of the microphone before the first sign is handed out with `confirm`, ms, 0 to 1000. Default 400. */
  readonly preRollMs?: number;
}

/** What became of a frame. One object, filled anew at each call. */
export interface BargeInResult {
  readonly event: BargeInEvent | null;
  /**
   * At a `confirm` what the user has said so far, from `preRollMs` before the first sign on, for the recogniser: the receiver's to keep.
   * Empty otherwise. Int16Array [samples], mono, 16 kHz.
   */
  readonly samples: Int16Array;
  /** The gate's word about the frame. */
  readonly verdict: EchoVerdict;
}

/** Finds out that the user talks while the avatar does. */
export interface BargeInDetector {
  /**
   * Judges 10 ms.
   *
   * @param microphone - Int16Array [160], mono, 16 kHz.
   * @param reference - what the loudspeaker was given in the same 10 ms, as it was played, and so ducked when it is: [160], Int16Array,
   * or Float32Array +-1.
   * @param label - of the same frame, where there is a source of it. A cough is no word.
   * @throws AvatarError `audio-invalid` for frames of another length.
   */
  push(microphone: Int16Array, reference: Int16Array | Float32Array, label?: VoiceLabel): BargeInResult;
  /** True from a `duck` to its `confirm` or `release`. */
  readonly ducked: boolean;
  /** Forgets what it has heard, as if newly made. */
  reset(): void;
}

const NO_SAMPLES = new Int16Array(0);
const FRAME_MS = 10;
/** The longest beginning that is handed out. */
const RING_FRAMES = 300;
const MOST_DB = 4;
/** What a frame must bring to speak for the user, dB. */
const PATIENCE_DB = 0.5;
const CERTAIN_PATIENCE_DB = 0.15;
/** Evidence of a first sign and of certainty at sensitivity 0.5, dB x frames. */
const SIGN = 10;
const CERTAIN = 10;
const MOST_EVIDENCE = 60;
/** As long as it takes to see that what looks like a user is the echo of another path. */
const QUICKEST_FRAMES = 30;
/** And of what the duck reveals. */
const REVEALED = 8;
const REVEALED_PATIENCE_DB = 0.3;
const SPARE_DB = 1;
/** The gate's first 2.5 s of avatar speech need more. */
const UNSURE_FACTOR = 2;
const LEARNING_FRAMES = 250;
/** From the duck until its effect is in the microphone, beside the delay: the ramp and the room. */
const SETTLE_FRAMES = 10;
const JUDGE_FRAMES = 40;
const LONGEST_DUCK_FRAMES = 200;
/** After a release the next sign must be clearer, for a while. */
const WARY_FRAMES = 200;
const WARY_FACTOR = 1.5;
/** A voice less likely than this brings nothing. */
const VOICELESS = 25;

/**
 * Makes a detector. Deterministic; it allocates nothing when it runs, but for what a `confirm` gives away.
 *
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * const detector = createBargeInDetector({ backchannelMs: 400 });
 * const { event, samples } = detector.push(microphoneFrame, playedFrame);
 * if (event === 'duck') player.setVolume(0.13);
 * if (event === 'release') player.setVolume(1);
 * if (event === 'confirm') interrupt(samples);
 * ```
 */
export function createBargeInDetector(options: BargeInOptions = {}): BargeInDetector {
  const { mode = 'two-stage', sensitivity = 0.5, backchannelMs = 0, preRollMs = 400 } = options;
  if (mode !== 'two-stage' && mode !== 'immediate' && mode !== 'off') throw refuse(`mode must be two-stage, immediate or off, not ${String(mode)}.`);
  check('sensitivity', sensitivity, 1);
  check('backchannelMs', backchannelMs, 2000);
  check('preRollMs', preRollMs, 1000);
  /** 2 at sensitivity 0, 1 in the middle, 0.5 at 1. */
  const caution = 2 ** (1 - 2 * sensitivity);
  const gate = createEchoGate();
  const ring = createSampleRing(RING_FRAMES, FRAME_SAMPLES);
  const signs = createEvidence(MOST_DB, MOST_EVIDENCE);
  const certainty = createEvidence(MOST_DB, MOST_EVIDENCE);
  const revelation = createEvidence(MOST_DB, MOST_EVIDENCE);
  const result: { event: BargeInEvent | null; samples: Int16Array; verdict: EchoVerdict } = {
    event: null,
    samples: NO_SAMPLES,
    verdict: gate.process(new Int16Array(FRAME_SAMPLES), new Int16Array(FRAME_SAMPLES)),
  };
  gate.reset();
  let state: 'listening' | 'ducked' | 'stopped' = 'listening';
  let heard = 0;
  /** Frames since the first sign, and of the voice in them. */
  let since = 0;
  let voiced = 0;
  let silent = 0;
  let wary = 0;

  function decide(): BargeInEvent | null {
    const { echoActive, confident, delayMs } = result.verdict;
    if (!echoActive) {
      const wasDucked = state === 'ducked';
      listen();
      return wasDucked ? 'release' : null;
    }
    if (state === 'stopped') {
      since++;
      if (since > JUDGE_FRAMES && signs.sum === 0) listen();
      return null;
    }
    if (wary > 0) wary--;
    // The echo of the avatar that comes back is a step of its own.
    if (wary > WARY_FRAMES - delayMs / FRAME_MS - 2 * SETTLE_FRAMES) signs.clear();
    const strictness = caution * (heard < LEARNING_FRAMES || !confident ? UNSURE_FACTOR : 1) * (wary > 0 ? WARY_FACTOR : 1);
    const isSure = (since >= QUICKEST_FRAMES && certainty.sum >= CERTAIN * strictness) || revelation.sum >= REVEALED * caution;
    if (state === 'listening') {
      if (signs.sum < SIGN * strictness) return null;
      since = 0;
      voiced = 0;
      silent = 0;
      state = 'ducked';
      if (mode === 'immediate') return stop();
      return 'duck';
    }
    since++;
    const settled = delayMs / FRAME_MS + SETTLE_FRAMES;
    if (isSure && voiced * FRAME_MS >= backchannelMs) return stop();
    const isOver = since > settled + JUDGE_FRAMES && silent > JUDGE_FRAMES / 2;
    if (!isOver && since < settled + LONGEST_DUCK_FRAMES) return null;
    listen();
    wary = WARY_FRAMES;
    return 'release';
  }

  function stop(): BargeInEvent {
    result.samples = ring.latest(Math.ceil(preRollMs / FRAME_MS) + since + 1);
    state = 'stopped';
    since = 0;
    return 'confirm';
  }

  function listen(): void {
    state = 'listening';
    signs.clear();
    certainty.clear();
    revelation.clear();
  }

  return {
    get ducked() {
      return state === 'ducked';
    },
    push(microphone, reference, label) {
      const verdict = gate.process(microphone, reference);
      ring.push(microphone);
      result.event = null;
      result.samples = NO_SAMPLES;
      if (mode === 'off') return result;
      if (verdict.echoActive) heard++;
      const weight = label && label.voiceProbability < VOICELESS ? 0 : 1;
      signs.push(weight * verdict.signDb, PATIENCE_DB);
      const isRevealing = state === 'ducked' && since > verdict.delayMs / FRAME_MS + SETTLE_FRAMES;
      revelation.push(isRevealing ? weight * Math.min(verdict.revealedDb, verdict.unexplainedDb + SPARE_DB) : 0, REVEALED_PATIENCE_DB);
      if (verdict.isEcho) certainty.clear();
      certainty.push(verdict.isEcho ? 0 : weight * verdict.certainDb, CERTAIN_PATIENCE_DB);
      const isVoice = weight * verdict.unexplainedDb > PATIENCE_DB;
      silent = isVoice ? 0 : silent + 1;
      if (isVoice) voiced++;
      result.event = decide();
      return result;
    },
    reset() {
      gate.reset();
      ring.clear();
      listen();
      heard = 0;
      wary = 0;
    },
  };
}

function check(name: string, value: number, most: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= most)) throw refuse(`${name} must be a number from 0 to ${most}, not ${String(value)}.`);
}

function refuse(why: string): AvatarError {
  return new AvatarError('invalid-options', { message: `Barge-in: ${why}` });
}
