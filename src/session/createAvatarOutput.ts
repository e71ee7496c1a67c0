import type { Clock } from '../clock/clock.js';
import { createDeferred } from '../clock/createDeferred.js';
import { createStreamConverter } from '../dsp/createStreamConverter.js';
import { createSpeechPacer } from '../turn-taking/createSpeechPacer.js';
import type { SpeechOutput } from './SpeechOutput.js';
import type { AvatarMouth } from './tapSpeech.js';

export interface AvatarOutputOptions {
  readonly clock: Clock;
  /** The avatar; null while its connection is being replaced. */
  readonly connection: () => AvatarMouth | null;
}

/** The rate at which avatars take speech. */
const AVATAR_RATE_HZ = 16_000;
/** How often it looks whether the avatar is back. */
const RETRY_MS = 100;

/**
 * Says speech through an avatar, at speaking pace and 100 ms ahead, however fast it comes from the voice service.
 * What falls due while there is no avatar waits for the next one.
 */
export function createAvatarOutput({ clock, connection }: AvatarOutputOptions): Required<SpeechOutput> {
  const converter = createStreamConverter(AVATAR_RATE_HZ);
  let overdue: Int16Array[] = [];
  let cancelRetry = () => {};
  let sent = createDeferred();
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
    cancelRetry();
    const avatar = connection();
    if (!avatar) {
      // Nothing else may fall due any more, and the last words would wait for the next ones.
      if (overdue.length > 0) cancelRetry = clock.schedule(deliver, RETRY_MS);
      return;
    }
    for (const samples of overdue) avatar.sendAudio(samples);
    overdue = [];
    if (pacer.bufferedMs > 0) return;
    // The last syllable must not wait for a chunk that never fills.
    avatar.flushAudio();
    announceSent();
  }

  function announceSent(): void {
    const waiting = sent;
    sent = createDeferred();
    waiting.resolve();
  }

  return {
    push: (samples, sampleRateHz) => pacer.push(converter.convert(samples, sampleRateHz)),
    end: () => pacer.end(),
    clear() {
      overdue = [];
      cancelRetry();
      converter.reset();
      pacer.clear();
      announceSent();
    },
    whenSent: () => (overdue.length > 0 || pacer.bufferedMs > 0 ? sent.promise : Promise.resolve()),
  };
}
