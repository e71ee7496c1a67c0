import { AvatarError } from '../../errors/AvatarError.js';
import { resolveVadConfig, type VadConfig } from '../vad/VadConfig.js';

/** How noisy it is around the user, or `fast`: sooner at both ends, at the price of more false starts. */
export type VadProfile = 'quiet' | 'noisy' | 'very-noisy' | 'fast';

/** What decides when speech begins and ends. Each field stands above the ones before it. */
export interface VadProfileOptions {
  /** Default `quiet`. Not taken when one of vad-react's terms is given alone: those then stand on vad-react's defaults. */
  readonly profile?: VadProfile;
  /** Speech begins above it, 0 to 1. vad-react's default is 0.3. */
  readonly positiveSpeechThreshold?: number;
  /** Silence is below it, 0 to 1, at most the positive one. vad-react's default is 0.25. */
  readonly negativeSpeechThreshold?: number;
  /** So much silence ends speech. vad-react's default is 1,400. */
  readonly redemptionMs?: number;
  /** Sound handed out from before the start. vad-react's default is 800. */
  readonly preSpeechPadMs?: number;
  /** Less speech than this was none. Default 0; vad-react's is 400. */
  readonly minSpeechMs?: number;
  /** Single fields by Agora's names. */
  readonly config?: Partial<VadConfig>;
}

export interface ResolvedVadProfile {
  /** For the `ratio` machine. */
  readonly config: VadConfig;
  readonly minSpeechMs: number;
}

const FRAME_MS = 10;
const LONGEST_MS = 60_000;

/**
 * Agora's defaults unless measured to be better (`npm run bench -- vad`). At the -30 dBFS of Agora's sample for a very noisy place two
 * utterances in three go unheard. Where the level for a start is high, that for a stop is lower: soft endings are speech too.
 */
const PROFILES: Readonly<Record<VadProfile, Partial<VadConfig>>> = {
  quiet: {},
  noisy: { startRms: -40, stopRms: -46, activePercent: 0.6, startVoiceProb: 80 },
  'very-noisy': { startRms: -34, stopRms: -40, activePercent: 0.6, startVoiceProb: 80 },
  fast: { preStartRecognizeCount: 30, startRecognizeCount: 16, stopRecognizeCount: 30, inactivePercent: 0.6 },
};

/**
 * Windows for sources whose probabilities mean more than those of the others. Silero judges 32 ms at a time and is rarely in doubt, so
 * three windows in a row are proof enough; as much sound as ever is handed out from before the start.
 */
const SOURCE_WINDOWS: ReadonlyMap<string, Readonly<Record<VadProfile, Partial<VadConfig>>>> = new Map([['silero', windowsOfSilero()]]);

function windowsOfSilero(): Readonly<Record<VadProfile, Partial<VadConfig>>> {
  const careful = { preStartRecognizeCount: 30, startRecognizeCount: 16, activePercent: 0.6 };
  return { quiet: careful, noisy: careful, 'very-noisy': careful, fast: { ...careful, preStartRecognizeCount: 36, startRecognizeCount: 10 } };
}

/** vad-react starts at the first frame that is likely enough, whatever its level, and stops after unbroken silence. */
const VAD_REACT: Partial<VadConfig> = {
  preStartRecognizeCount: 80,
  startRecognizeCount: 1,
  stopRecognizeCount: 140,
  activePercent: 1,
  inactivePercent: 1,
  startVoiceProb: 30,
  stopVoiceProb: 25,
  startRms: -127,
  stopRms: -127,
};
const VAD_REACT_MIN_SPEECH_MS = 400;

/**
 * Turns a profile, vad-react's terms and single fields into a complete configuration.
 *
 * @param sourceKind `kind` of the source that is listening: a profile is not the same for each.
 * @throws AvatarError `invalid-options`, naming the field and its range.
 * @see https://docs.vad.ricky0123.com/user-guide/algorithm/
 */
export function resolveVadProfile(options: VadProfileOptions = {}, sourceKind = ''): ResolvedVadProfile {
  const { profile, positiveSpeechThreshold, negativeSpeechThreshold, redemptionMs, preSpeechPadMs, minSpeechMs, config } = options;
  if (profile !== undefined && !Object.hasOwn(PROFILES, profile)) throw refuse(`There is no profile ${String(profile)}. Profiles are ${Object.keys(PROFILES).join(', ')}.`);
  const hasTerms = [positiveSpeechThreshold, negativeSpeechThreshold, redemptionMs, preSpeechPadMs, minSpeechMs].some((term) => term !== undefined);
  const isVadReact = hasTerms && profile === undefined;
  const terms: Partial<VadConfig> = {
    ...(positiveSpeechThreshold !== undefined && { startVoiceProb: percent('positiveSpeechThreshold', positiveSpeechThreshold) }),
    ...(negativeSpeechThreshold !== undefined && { stopVoiceProb: percent('negativeSpeechThreshold', negativeSpeechThreshold) }),
    ...(redemptionMs !== undefined && { stopRecognizeCount: Math.max(1, frames('redemptionMs', redemptionMs)), inactivePercent: 1 }),
    ...(preSpeechPadMs !== undefined && { preStartRecognizeCount: frames('preSpeechPadMs', preSpeechPadMs) }),
  };
  const place = profile ?? 'quiet';
  const base = isVadReact ? VAD_REACT : { ...PROFILES[place], ...SOURCE_WINDOWS.get(sourceKind)?.[place] };
  const resolved = resolveVadConfig({ ...base, ...terms, ...config });
  if (negativeSpeechThreshold !== undefined && resolved.stopVoiceProb > resolved.startVoiceProb) {
    throw refuse('negativeSpeechThreshold must not be above positiveSpeechThreshold.');
  }
  const defaultMinSpeechMs = isVadReact ? VAD_REACT_MIN_SPEECH_MS : 0;
  return { config: resolved, minSpeechMs: minSpeechMs === undefined ? defaultMinSpeechMs : FRAME_MS * frames('minSpeechMs', minSpeechMs) };
}

function percent(name: string, share: number): number {
  if (!(typeof share === 'number' && share >= 0 && share <= 1)) throw refuse(`${name} must be a number from 0 to 1, not ${String(share)}.`);
  return 100 * share;
}

function frames(name: string, ms: number): number {
  if (!(typeof ms === 'number' && ms >= 0 && ms <= LONGEST_MS)) throw refuse(`${name} must be milliseconds from 0 to ${LONGEST_MS}, not ${String(ms)}.`);
  return Math.round(ms / FRAME_MS);
}

function refuse(why: string): AvatarError {
  return new AvatarError('invalid-options', { message: `VAD: ${why}` });
}
