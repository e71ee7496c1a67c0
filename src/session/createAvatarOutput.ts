import type { Clock } from '../clock/clock.js';
import { createStreamConverter } from '../dsp/createStreamConverter.js';
import type { AvatarConnection } from '../services/service.js';
import { createSpeechPacer } from '../turn-taking/createSpeechPacer.js';
import type { SpeechOutput } from './SpeechOutput.js';

export interface AvatarOutputOptions {
  readonly clock: Clock;
  /** The avatar; null while its connection is being replaced. */
  readonly connection: () => AvatarConnection | null;
}

/** The rate at which avatars take speech. */
const AVATAR_RATE_HZ = 16_000;

/**
 * Says speech through an avatar, at speaking pace and 100 ms ahead, however fast it comes from the voice service.
 * What falls due while there is no avatar waits for the next one.
 */
export function createAvatarOutput({ clock, connection }: AvatarOutputOptions): SpeechOutput {
  const converter = createStreamConverter(AVATAR_RATE_HZ);
  let overdue: Int16Array[] = [];
  const pacer = createSpeechPacer({
    clock,
    sampleRateHz: AVATAR_RATE_HZ,
    send(samples) {
      overdue.push(samples);
      deliver();
    },
    onComplete: deliver,
  });

  function deliver(): void {
    const avatar = connection();
    if (!avatar) return;
    for (const samples of overdue) avatar.sendAudio(samples);
    overdue = [];
    // The last syllable must not wait for a chunk that never fills.
    if (pacer.bufferedMs === 0) avatar.flushAudio();
  }

  return {
    push: (samples, sampleRateHz) => pacer.push(converter.convert(samples, sampleRateHz)),
    end: () => pacer.end(),
    clear() {
      overdue = [];
      converter.reset();
      pacer.clear();
    },
  };
}
