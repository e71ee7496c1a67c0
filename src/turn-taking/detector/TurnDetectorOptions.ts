import { AvatarError } from '../../errors/AvatarError.js';
import type { VadProfileOptions } from '../voice/resolveVadProfile.js';
import type { CreateVoiceSource } from '../voice/VoiceProbabilitySource.js';
import { checkedMode } from './checkedMode.js';
import type { TurnMode } from './TurnDetectorEvent.js';

/** What decides about turns. It can be cloned, so that it reaches a Worker as it is. */
export interface TurnRules extends VadProfileOptions {
  /** What interrupts the avatar. Default `voice`. */
  readonly mode?: TurnMode;
  /** While the avatar speaks, less voice than this ("mhm") does not cut it off. Milliseconds, 0 to 2,000. Default 200. */
  readonly backchannelMs?: number;
  /** How far the avatar's sound goes down at the first sign of speech. dB, 0 to 60. Default 18. */
  readonly duckDb?: number;
  /** How little of the user's voice beside the avatar's is enough, 0 to 1. Default 0.5. */
  readonly sensitivity?: number;
  /** Sound handed out from before the first sign of an interruption, or the press of the button. Milliseconds, 0 to 1,000. Default 400. */
  readonly preRollMs?: number;
  /** What is said beyond this is not kept. Milliseconds, 1,000 to 600,000. Default 60,000. */
  readonly maxUtteranceMs?: number;
}

export interface TurnDetectorOptions extends TurnRules {
  /** Where voice probability comes from. Default the spectral source, which loads nothing. */
  readonly source?: CreateVoiceSource;
}

/** @throws AvatarError `invalid-options`, naming the option and its range. */
export function resolveTurnRules(rules: TurnRules) {
  return {
    mode: checkedMode(rules.mode ?? 'voice'),
    backchannelMs: inRange('backchannelMs', rules.backchannelMs ?? 200, 0, 2000),
    duckDb: inRange('duckDb', rules.duckDb ?? 18, 0, 60),
    preRollMs: inRange('preRollMs', rules.preRollMs ?? 400, 0, 1000),
    sensitivity: inRange('sensitivity', rules.sensitivity ?? 0.5, 0, 1),
    maxUtteranceMs: inRange('maxUtteranceMs', rules.maxUtteranceMs ?? 60_000, 1000, 600_000),
  };
}

function inRange(name: string, value: number, min: number, max: number): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new AvatarError('invalid-options', { message: `${name} must be a number from ${min} to ${max}, not ${String(value)}.` });
}
