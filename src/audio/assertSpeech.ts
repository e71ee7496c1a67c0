import { AvatarError } from '../errors/AvatarError.js';

/** Throws `audio-invalid` unless it is speech that can be played. */
export function assertSpeech(samples: unknown, sampleRateHz: number): void {
  if (!(samples instanceof Int16Array)) {
    throw new AvatarError('audio-invalid', {
      message: 'Playback takes an Int16Array of mono samples. Scale Float32Array samples by 32,768, and view the bytes of a PCM file as Int16Array.',
    });
  }
  if (!(sampleRateHz >= 1000 && sampleRateHz <= 768_000)) {
    throw new AvatarError('audio-invalid', { message: `Speech at ${String(sampleRateHz)} Hz cannot be played; state a rate of 1,000 to 768,000 Hz.` });
  }
}
