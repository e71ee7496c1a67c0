import { AvatarError } from '../../errors/AvatarError.js';

/** When speech counts as begun and as ended, by the names of Agora's server SDK. Counts are 10 ms frames. */
export interface VadConfig {
  /** Frames kept from before the start, so that no first consonant is lost. */
  readonly preStartRecognizeCount: number;
  /** Frames in which speech must be found for a start. */
  readonly startRecognizeCount: number;
  /** Frames in which it must be missed for a stop. */
  readonly stopRecognizeCount: number;
  /** Share of the start frames that must be active, 0 to 1. `ratio` only. */
  readonly activePercent: number;
  /** Share of the stop frames that must be inactive, 0 to 1. `ratio` only. */
  readonly inactivePercent: number;
  /** A frame is active above this probability while nobody speaks, 0 to 100. */
  readonly startVoiceProb: number;
  /** A frame is active above this probability while somebody speaks, 0 to 100. `ratio` only. */
  readonly stopVoiceProb: number;
  /** A frame is active above this level while nobody speaks, dBFS, -127 to 0. */
  readonly startRms: number;
  /** A frame is active above this level while somebody speaks, dBFS, -127 to 0. `ratio` only. */
  readonly stopRms: number;
  /** Whether the level that counts follows how loud the user was last time. `consecutive` only. */
  readonly adaptiveRmsThreshold: boolean;
  /** Share of that loudness, on a scale from 0 (-127 dBFS) to 127, that counts as speech. `consecutive` only. */
  readonly adaptiveRmsThresholdFactor: number;
}

/** The upstream code's own defaults; where its README differs the code is followed. */
export const defaultVadConfig: VadConfig = Object.freeze({
  preStartRecognizeCount: 16,
  startRecognizeCount: 30,
  stopRecognizeCount: 50,
  activePercent: 0.7,
  inactivePercent: 0.5,
  startVoiceProb: 70,
  stopVoiceProb: 50,
  startRms: -50,
  stopRms: -50,
  adaptiveRmsThreshold: true,
  adaptiveRmsThresholdFactor: 0.67,
});

/** Longest window, in frames: a minute. What is longer is a mistake of units. */
const MAX_COUNT = 6000;

const RANGES: Readonly<Record<Exclude<keyof VadConfig, 'adaptiveRmsThreshold'>, readonly [min: number, max: number, whole: boolean]>> = {
  preStartRecognizeCount: [0, MAX_COUNT, true],
  startRecognizeCount: [1, MAX_COUNT, true],
  stopRecognizeCount: [1, MAX_COUNT, true],
  activePercent: [0, 1, false],
  inactivePercent: [0, 1, false],
  startVoiceProb: [0, 100, false],
  stopVoiceProb: [0, 100, false],
  startRms: [-127, 0, false],
  stopRms: [-127, 0, false],
  adaptiveRmsThresholdFactor: [0, 1, false],
};

/**
 * A copy of the configuration, complete and checked: upstream keeps the caller's object, changes it, and finds out about a missing
 * field in the middle of a call.
 *
 * @throws AvatarError `invalid-options`, naming the field and its range.
 */
export function resolveVadConfig(config: Partial<VadConfig> = {}): VadConfig {
  if (typeof config !== 'object' || config === null) throw refuse('The configuration must be an object.');
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  const unknown = Object.keys(given).find((name) => !(name in defaultVadConfig));
  if (unknown !== undefined) throw refuse(`There is no ${unknown}. Fields are ${Object.keys(defaultVadConfig).join(', ')}.`);
  const resolved: VadConfig = Object.freeze({ ...defaultVadConfig, ...given });
  for (const name of Object.keys(RANGES) as (keyof typeof RANGES)[]) { // the object is the literal above
    const [min, max, whole] = RANGES[name];
    const value = resolved[name];
    if (!(typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value)))) {
      throw refuse(`${name} must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}, not ${String(value)}.`);
    }
  }
  if (typeof resolved.adaptiveRmsThreshold !== 'boolean') throw refuse('adaptiveRmsThreshold must be true or false.');
  return resolved;
}

function refuse(why: string): AvatarError {
  return new AvatarError('invalid-options', { message: `VAD: ${why}` });
}
