import type { AvatarConnection } from '../services/service.js';

/** What of an avatar takes speech. */
export type AvatarMouth = Pick<AvatarConnection, 'inputFormat' | 'sendAudio' | 'flushAudio'>;

/** Told how loud each piece of speech is, RMS from 0 to 1, when it is handed to an avatar. */
export type SpeechTap = (level: number, durationMs: number) => void;

const FULL_SCALE = 32_768;

/** The same mouth, with somebody who is told of what goes into it. */
export function tapSpeech(mouth: AvatarMouth, tap: SpeechTap): AvatarMouth {
  return {
    inputFormat: mouth.inputFormat,
    sendAudio(samples) {
      const droppedMs = mouth.sendAudio(samples);
      const rateHz = mouth.inputFormat?.sampleRateHz ?? 0;
      if (rateHz > 0 && samples.length > 0) tap(levelOf(samples), Math.max(0, (samples.length / rateHz) * 1000 - droppedMs));
      return droppedMs;
    },
    flushAudio: () => mouth.flushAudio(),
  };
}

function levelOf(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += (sample / FULL_SCALE) ** 2;
  return Math.sqrt(energy / samples.length);
}
