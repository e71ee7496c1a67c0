import { AvatarError } from '../../errors/AvatarError.js';
import type { VoiceLabel } from '../voice/VoiceLabel.js';
import { createConsecutiveVad } from './createConsecutiveVad.js';
import { createRatioVad } from './createRatioVad.js';
import { createSampleRing } from './createSampleRing.js';
import { resolveVadConfig, type VadConfig } from './VadConfig.js';
import { VAD_STATE, type VadState } from './VadState.js';

/** `ratio` is the state machine of Agora's SDK 2.1.6, `consecutive` that of 2.4. */
export type VadGeneration = 'ratio' | 'consecutive';

export interface VadOptions {
  /** Default `ratio`. */
  readonly generation?: VadGeneration;
  readonly config?: Partial<VadConfig>;
  /**
   * Behaves as upstream does where that is a mistake: deaf to the first frames after a stop, one frame of each `ratio` window
   * uncounted. Default false.
   */
  readonly strict?: boolean;
  /** Samples of 10 ms. Default 160: 16 kHz, mono. */
  readonly frameSamples?: number;
}

/** What became of a frame. One object, filled anew at each call. */
export interface VadResult {
  readonly state: VadState;
  /**
   * What belongs to the utterance, to be given to the recogniser: at a start all of its beginning, pre-roll included, the receiver's to
   * keep; then the frame itself, valid during the call; nothing while nobody speaks. Int16Array [samples], mono.
   */
  readonly samples: Int16Array;
}

/** Finds utterances in 10 ms frames and hands out their sound. */
export interface Vad {
  /** @throws AvatarError `audio-invalid` for a frame of another length. */
  push(frame: Int16Array, label: VoiceLabel): VadResult;
  /** True from a start up to the frame before the stop. */
  readonly speaking: boolean;
  /** Forgets what it has heard, as if newly made. */
  reset(): void;
}

const NO_SAMPLES = new Int16Array(0);

/**
 * Makes a voice activity detector.
 *
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * const vad = createVad({ config: { stopRecognizeCount: 60 } });
 * const { state, samples } = vad.push(frame, label);
 * if (state !== VAD_STATE.nonSpeaking) recogniser.push(samples);
 * ```
 */
export function createVad(options: VadOptions = {}): Vad {
  const { generation = 'ratio', strict = false, frameSamples = 160 } = options;
  if (generation !== 'ratio' && generation !== 'consecutive') throw new AvatarError('invalid-options', { message: `generation must be ratio or consecutive, not ${String(generation)}.` });
  if (!(Number.isInteger(frameSamples) && frameSamples > 0)) throw new AvatarError('invalid-options', { message: 'frameSamples must be the number of samples in 10 ms.' });
  const config = resolveVadConfig(options.config);
  const machine = generation === 'ratio' ? createRatioVad(config, strict) : createConsecutiveVad(config, strict);
  const ring = createSampleRing(config.preStartRecognizeCount + config.startRecognizeCount, frameSamples);
  const result: { state: VadState; samples: Int16Array } = { state: VAD_STATE.nonSpeaking, samples: NO_SAMPLES };
  let speaking = false;

  function decide({ rmsDb, voiceProbability, farField = true }: VoiceLabel): VadState {
    if (generation === 'ratio') return machine.step(farField, voiceProbability, rmsDb);
    return machine.step(farField, voiceProbability > config.startVoiceProb ? 1 : 0, rmsDb + 127);
  }

  return {
    get speaking() {
      return speaking;
    },
    push(frame, label) {
      if (frame.length !== frameSamples) {
        throw new AvatarError('audio-invalid', { message: `A frame holds ${frameSamples} samples, 10 ms, not ${frame.length}.` });
      }
      if (!speaking) ring.push(frame);
      const state = decide(label);
      if (state === VAD_STATE.start) speaking = true;
      if (state === VAD_STATE.stop) {
        speaking = false;
        ring.clear();
      }
      result.state = state;
      result.samples = state === VAD_STATE.nonSpeaking ? NO_SAMPLES : state === VAD_STATE.start ? ring.latest(machine.startFrames) : frame;
      return result;
    },
    reset() {
      machine.reset();
      ring.clear();
      speaking = false;
    },
  };
}
