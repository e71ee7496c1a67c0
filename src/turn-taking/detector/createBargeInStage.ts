import { MIC_FRAME_MS } from '../../dsp/micFrame.js';
import { createBargeInDetector } from '../echo/createBargeInDetector.js';
import type { VoiceLabel } from '../voice/VoiceLabel.js';
import { createVoiceBargeIn } from './createVoiceBargeIn.js';
import type { BargeInSignal } from './createInterruption.js';

export interface BargeInStageOptions {
  readonly backchannelMs: number;
  readonly preRollMs: number;
  readonly sensitivity: number;
}

/** Tells the user's voice from the avatar's echo, frame by frame. */
export interface BargeInStage {
  /** Whether the latest frame is taken for the user's, or at least not for the avatar's. */
  readonly isUser: boolean;
  /** What a `confirm` was about, pre-roll included: Int16Array [samples], or how many of the latest frames. */
  readonly confirmed: Int16Array | number;
  /**
   * Takes 10 ms: Int16Array [160] each, mono, 16 kHz.
   * @param label of the latest frame that has one.
   * @param busy whether the avatar can be heard.
   */
  push(samples: Int16Array, reference: Int16Array, label: VoiceLabel, busy: boolean): BargeInSignal | null;
  reset(): void;
}

/** Mean dB over the bands above every echo that was to be expected. */
const USER_DB = 0.5;

/**
 * Makes a stage. Where the avatar's sound is in the frames its echo is judged; where an avatar speaks of which no sound is known, the
 * browser's own canceller has to be trusted, and the voice alone decides.
 */
export function createBargeInStage({ backchannelMs, preRollMs, sensitivity }: BargeInStageOptions): BargeInStage {
  const echo = createBargeInDetector({ backchannelMs, preRollMs, sensitivity });
  const voice = createVoiceBargeIn(backchannelMs);
  const preRollFrames = Math.ceil(preRollMs / MIC_FRAME_MS);
  let isUser = true;
  let confirmed: Int16Array | number = 0;

  return {
    get isUser() {
      return isUser;
    },
    get confirmed() {
      return confirmed;
    },
    push(samples, reference, label, busy) {
      confirmed = 0;
      const { event, samples: said, verdict } = echo.push(samples, reference, label);
      isUser = !verdict.echoActive || verdict.unexplainedDb > USER_DB;
      if (verdict.echoActive || event) {
        voice.reset();
        if (event === 'confirm') confirmed = said;
        return event;
      }
      if (!busy) {
        voice.reset();
        return null;
      }
      const signal = voice.push(label.voiceProbability);
      if (signal === 'confirm') confirmed = preRollFrames + voice.frames;
      return signal;
    },
    reset() {
      echo.reset();
      voice.reset();
      isUser = true;
    },
  };
}
