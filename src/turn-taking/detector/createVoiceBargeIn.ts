import { MIC_FRAME_MS } from '../../dsp/micFrame.js';
import { createFlagWindow } from '../vad/createFlagWindow.js';
import type { BargeInSignal } from './createInterruption.js';

/** Notices the user by the voice alone. */
export interface VoiceBargeIn {
  push(voiceProbability: number): BargeInSignal | null;
  /** Frames since the first sign, and those that it took to notice it. */
  readonly frames: number;
  reset(): void;
}

const VOICE = 60;
/** The first sign: most of so many frames. */
const SIGN_FRAMES = 10;
const SIGN_NEEDED = 8;
/** With a backchannel of 0 the voice must still last. */
const CERTAIN_FRAMES = 10;
/** It was nothing when it has been silent for so long. */
const SILENT_FRAMES = 30;

/** Makes one that has heard nothing. */
export function createVoiceBargeIn(backchannelMs: number): VoiceBargeIn {
  const needed = CERTAIN_FRAMES + backchannelMs / MIC_FRAME_MS;
  const sign = createFlagWindow(SIGN_FRAMES);
  let heard = 0;
  let frames = 0;
  let voiced = 0;
  let silent = 0;
  let state: 'listening' | 'suspected' | 'confirmed' = 'listening';

  function reset(): void {
    sign.clear();
    heard = 0;
    frames = 0;
    state = 'listening';
  }

  return {
    get frames() {
      return frames;
    },
    push(voiceProbability) {
      const isVoice = voiceProbability > VOICE;
      sign.push(isVoice);
      heard++;
      if (state === 'listening') {
        if (heard < SIGN_FRAMES || SIGN_FRAMES - sign.falses < SIGN_NEEDED) return null;
        state = 'suspected';
        frames = SIGN_FRAMES;
        voiced = 0;
        silent = 0;
        return 'duck';
      }
      frames++;
      silent = isVoice ? 0 : silent + 1;
      if (isVoice) voiced++;
      if (silent >= SILENT_FRAMES) {
        reset();
        return 'release';
      }
      if (state === 'confirmed' || voiced < needed) return null;
      state = 'confirmed';
      return 'confirm';
    },
    reset,
  };
}
