import type { VadConfig } from './VadConfig.js';
import { VAD_STATE, type VadMachine } from './VadState.js';

/** From dBFS to the scale of this generation. */
const RMS_OFFSET = 127;

/**
 * Speech is so many active frames in a row; it ends after so many inactive ones. A frame is active when the voice flag is set, or
 * when it is loud beside how loud the user was last time.
 *
 * @param strict keeps what upstream does by mistake: it hears nothing for the first frames after a stop.
 * @see `voice_detection.py` of Agora's Python server SDK 2.4.0 to 2.4.9
 */
export function createConsecutiveVad(config: VadConfig, strict: boolean): VadMachine {
  const { preStartRecognizeCount, startRecognizeCount, stopRecognizeCount, adaptiveRmsThreshold, adaptiveRmsThresholdFactor } = config;
  const kept = preStartRecognizeCount + startRecognizeCount;
  // Upstream adds the offset to the caller's own object, once for each user.
  const startRms = config.startRms + RMS_OFFSET;
  let speaking = false;
  let startFrames = 0;
  let heard = 0;
  let fresh = 0;
  let activeFrames = 0;
  let totalRms = 0;
  let inactiveFrames = 0;
  let spoken = 0;
  /** How loud the latest utterance began; 0 before the first. */
  let usualRms = 0;

  function count(isActive: boolean, rms: number): void {
    heard++;
    activeFrames = isActive ? activeFrames + 1 : 0;
    totalRms = isActive ? totalRms + rms : 0;
  }

  return {
    get startFrames() {
      return startFrames;
    },
    step(_farField, voiceFlag, rms) {
      const threshold = adaptiveRmsThreshold && usualRms > 0 ? Math.trunc(usualRms * adaptiveRmsThresholdFactor) : startRms;
      const isActive = voiceFlag === 1 || rms > threshold;
      if (!speaking) {
        fresh++;
        count(isActive, rms);
        if (activeFrames < startRecognizeCount || (strict && heard < kept)) return VAD_STATE.nonSpeaking;
        usualRms = Math.trunc(totalRms / activeFrames);
        startFrames = Math.min(fresh, kept);
        speaking = true;
        heard = 0;
        activeFrames = 0;
        totalRms = 0;
        inactiveFrames = 0;
        spoken = 0;
        return VAD_STATE.start;
      }
      spoken++;
      inactiveFrames = isActive ? 0 : inactiveFrames + 1;
      if (spoken < stopRecognizeCount || inactiveFrames < stopRecognizeCount) return VAD_STATE.speaking;
      speaking = false;
      fresh = 0;
      return VAD_STATE.stop;
    },
    reset() {
      speaking = false;
      heard = 0;
      fresh = 0;
      activeFrames = 0;
      totalRms = 0;
      inactiveFrames = 0;
      spoken = 0;
      usualRms = 0;
    },
  };
}
