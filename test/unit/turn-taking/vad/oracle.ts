/** Agora's two detectors written straight from their description: lists of frames, nothing counted ahead. */
export interface OracleFrame {
  readonly farField: boolean;
  readonly probability: number;
  readonly rms: number;
}

export interface OracleConfig {
  readonly preStartRecognizeCount: number;
  readonly startRecognizeCount: number;
  readonly stopRecognizeCount: number;
  readonly activePercent: number;
  readonly inactivePercent: number;
  readonly startVoiceProb: number;
  readonly stopVoiceProb: number;
  readonly startRms: number;
  readonly stopRms: number;
  readonly adaptiveRmsThreshold: boolean;
  readonly adaptiveRmsThresholdFactor: number;
}

/** State and, at a start, how many frames are handed out. */
type Step = readonly [state: number, frames: number];

export function createRatioOracle(config: OracleConfig): (frame: OracleFrame) => Step {
  const capacity = config.preStartRecognizeCount + config.startRecognizeCount;
  let starting: boolean[] = [];
  let stopping: boolean[] = [];
  let state = 0;
  return ({ farField, probability, rms }) => {
    if (state === 0) {
      starting.push(farField && probability > config.startVoiceProb && rms > config.startRms);
      starting = starting.slice(-capacity);
      if (starting.length < capacity) return [0, 0];
      const silence = starting.filter((active, index) => !active && index > config.preStartRecognizeCount).length;
      const total = capacity - config.preStartRecognizeCount;
      if ((total - silence) / total < config.activePercent) return [0, 0];
      starting = [];
      stopping = [];
      state = 2;
      return [1, capacity];
    }
    stopping.push(farField && probability > config.stopVoiceProb && rms > config.stopRms);
    stopping = stopping.slice(-config.stopRecognizeCount);
    if (stopping.length < config.stopRecognizeCount) return [2, 1];
    const silence = stopping.filter((active, index) => !active && index > 0).length;
    if (silence / stopping.length < config.inactivePercent) return [2, 1];
    stopping = [];
    state = 0;
    return [3, 1];
  };
}

export function createConsecutiveOracle(config: OracleConfig): (frame: OracleFrame) => Step {
  const capacity = config.preStartRecognizeCount + config.startRecognizeCount;
  let starting = 0;
  let levels: number[] = [];
  let stopping = 0;
  let silence = 0;
  let average = 0;
  let state = 0;
  return ({ probability, rms }) => {
    const reference = config.adaptiveRmsThreshold && average > 0 ? Math.floor(average * config.adaptiveRmsThresholdFactor) : config.startRms + 127;
    const active = probability === 1 || rms > reference;
    if (state === 0) {
      starting = Math.min(capacity, starting + 1);
      levels = active ? [...levels, rms] : [];
      if (starting < capacity || levels.length < config.startRecognizeCount) return [0, 0];
      average = Math.floor(levels.reduce((sum, level) => sum + level, 0) / levels.length);
      starting = 0;
      levels = [];
      stopping = 0;
      silence = 0;
      state = 2;
      return [1, capacity];
    }
    stopping = Math.min(config.stopRecognizeCount, stopping + 1);
    silence = active ? 0 : silence + 1;
    if (stopping < config.stopRecognizeCount || silence < config.stopRecognizeCount) return [2, 1];
    state = 0;
    return [3, 1];
  };
}
