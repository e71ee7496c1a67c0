import { AvatarError } from '../errors/AvatarError.js';
import type { SpeakOptions } from './AvatarSession.js';

/** The rate at which services take speech. */
export const SERVICE_RATE_HZ = 16_000;

/** How samples are laid out that the application gives. */
export interface SpeechFormat {
  readonly sampleRateHz: number;
  readonly channels: number;
}

/** @throws AvatarError `invalid-options`, for callers without types as well. */
export function speechFormat({ sampleRateHz = SERVICE_RATE_HZ, channels = 1 }: SpeakOptions): SpeechFormat {
  if (!(sampleRateHz >= 1000 && sampleRateHz <= 768_000)) {
    throw new AvatarError('invalid-options', { message: `speak(): sampleRateHz must be from 1,000 to 768,000, not ${String(sampleRateHz)}.` });
  }
  if (channels !== 1 && channels !== 2) {
    throw new AvatarError('invalid-options', { message: `speak(): channels must be 1 or 2, not ${String(channels)}. Mix other layouts down first.` });
  }
  return { sampleRateHz, channels };
}
