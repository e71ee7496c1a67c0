import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarParams } from '../service.js';
import type { AkoolLiveParamsData } from './messages.js';
import { withoutEmpty } from './withoutEmpty.js';

/** The vendor's numbers of the modes. */
export const LIVE_MODE = { retelling: 1, dialogue: 2 } as const;
const DETECTION = { server: 'server_vad', semantic: 'semantic_vad' } as const;
const SPEED = { min: 0.8, max: 1.2 };

/**
 * The parameters under the vendor's names.
 *
 * @returns null when there is nothing to set.
 * @throws AvatarError `avatar-refused` for a value that the vendor would refuse, or ignore without a word.
 */
export function toLiveParams(params: AvatarParams): AkoolLiveParamsData | null {
  checkLiveParams(params);
  const { voiceId, language, backgroundUrl, mode, voiceUrl, speed, pronunciations, speechLanguage, turnDetection = {} } = params;
  const data: AkoolLiveParamsData = {
    lang: language,
    mode: mode && LIVE_MODE[mode],
    bgurl: backgroundUrl,
    vparams: {
      vid: voiceId,
      vurl: voiceUrl,
      speed,
      pron_map: pronunciations,
      stt_language: speechLanguage,
      turn_detection: {
        type: turnDetection.type && DETECTION[turnDetection.type],
        threshold: turnDetection.threshold,
        prefix_padding_ms: turnDetection.prefixPaddingMs,
        silence_duration_ms: turnDetection.silenceDurationMs,
      },
    },
  };
  return withoutEmpty(data) === undefined ? null : data;
}

/** @throws AvatarError `avatar-refused`, naming the parameter. */
export function checkLiveParams({ mode, speed, turnDetection = {} }: AvatarParams): void {
  const { type, threshold, prefixPaddingMs, silenceDurationMs } = turnDetection;
  if (mode !== undefined && !Object.hasOwn(LIVE_MODE, mode)) refuse('mode', 'retelling or dialogue', mode);
  if (type !== undefined && !Object.hasOwn(DETECTION, type)) refuse('turnDetection.type', 'server or semantic', type);
  checkRange('speed', speed, SPEED.min, SPEED.max);
  checkRange('turnDetection.threshold', threshold, 0, 1);
  checkRange('turnDetection.prefixPaddingMs', prefixPaddingMs, 0, Infinity);
  checkRange('turnDetection.silenceDurationMs', silenceDurationMs, 0, Infinity);
}

function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isFinite(value) && value >= min && value <= max)) return;
  refuse(name, max === Infinity ? `a number of ${min} or more` : `a number from ${min} to ${max}`, value);
}

function refuse(parameter: string, expected: string, value: unknown): never {
  throw new AvatarError('avatar-refused', { message: `The avatar would refuse ${parameter}: it must be ${expected}, not ${String(value)}.`, context: { parameter } });
}
