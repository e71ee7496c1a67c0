import { createFlagWindow } from './createFlagWindow.js';
import type { VadConfig } from './VadConfig.js';
import { VAD_STATE, type VadMachine } from './VadState.js';

/**
 * Speech is where most of the latest frames are loud, probable and near; it ends where half of them are not.
 *
 * @param strict keeps what upstream does by mistake: it hears nothing for the first frames after a stop, and leaves one frame of
 * each window uncounted.
 * @see `voice_detection.py` of Agora's Python server SDK 2.1.6 to 2.3.4
 */
export function createRatioVad(config: VadConfig, strict: boolean): VadMachine {
  const { preStartRecognizeCount, startRecognizeCount, stopRecognizeCount, activePercent, inactivePercent } = config;
  /** The frame at the old end of a window that upstream counts as active, whatever it was. */
  const uncounted = strict ? 1 : 0;
  const startWindow = createFlagWindow(startRecognizeCount - uncounted);
  const stopWindow = createFlagWindow(stopRecognizeCount - uncounted);
  const kept = preStartRecognizeCount + startRecognizeCount;
  const needed = strict ? kept : startRecognizeCount;
  let speaking = false;
  let startFrames = 0;
  /** Frames that the start window has seen, and those that the stop window has. */
  let heard = 0;
  let spoken = 0;
  /** Frames that belong to no utterance yet. */
  let fresh = 0;

  function listen(isActive: boolean): void {
    startWindow.push(isActive);
    heard++;
  }

  return {
    get startFrames() {
      return startFrames;
    },
    step(farField, voiceProbability, rms) {
      const isActive = farField && voiceProbability > config.startVoiceProb && rms > config.startRms;
      if (!speaking) {
        listen(isActive);
        fresh++;
        // What is left of the last utterance in the window must not begin the next one.
        if (heard < needed || (!strict && !isActive)) return VAD_STATE.nonSpeaking;
        if ((startRecognizeCount - startWindow.falses) / startRecognizeCount < activePercent) return VAD_STATE.nonSpeaking;
        startFrames = Math.min(fresh, kept);
        startWindow.clear();
        stopWindow.clear();
        heard = 0;
        spoken = 0;
        speaking = true;
        return VAD_STATE.start;
      }
      stopWindow.push(farField && voiceProbability > config.stopVoiceProb && rms > config.stopRms);
      spoken++;
      if (!strict) listen(isActive);
      if (spoken < stopRecognizeCount || stopWindow.falses / stopRecognizeCount < inactivePercent) return VAD_STATE.speaking;
      speaking = false;
      fresh = 0;
      return VAD_STATE.stop;
    },
    reset() {
      startWindow.clear();
      stopWindow.clear();
      speaking = false;
      heard = 0;
      spoken = 0;
      fresh = 0;
    },
  };
}
