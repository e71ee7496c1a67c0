import { AvatarError } from '../errors/AvatarError.js';
import type { OutputVolume } from './createOutputVolume.js';
import type { SessionRun } from './createSessionRun.js';
import type { Speaker } from './createSpeaker.js';

export interface InterrupterOptions {
  readonly speaker: Speaker;
  readonly volume: OutputVolume;
  readonly run: () => SessionRun | null;
  /** Raises the turn and tells everybody. */
  readonly onTurnRaise: () => void;
  /** Nobody waits for a barge-in to hear how it went. */
  readonly onError: (error: AvatarError) => void;
}

/** Makes the avatar fall silent. */
export interface Interrupter {
  /** The application interrupts: the voice service is told as well. Resolves when the services have acknowledged. */
  interrupt(): Promise<void>;
  /** The voice service heard the user speak and has stopped by itself. */
  bargeIn(): void;
  /** The voice service has begun to answer, or goes on. */
  onReply(): void;
}

/** Makes an interrupter. */
export function createInterrupter({ speaker, volume, run, onTurnRaise, onError }: InterrupterOptions): Interrupter {
  /** Whether anything was said since the latest interrupt. */
  let isAnswered = true;

  async function silence({ avatar, voice }: SessionRun): Promise<void> {
    speaker.cancel();
    voice?.output.clear();
    isAnswered = false;
    onTurnRaise();
    if (!avatar) return;
    // At once here, without waiting for the way to the service and back.
    const endSilence = volume.silence();
    try {
      await avatar.interrupt();
    } finally {
      endSilence();
    }
  }

  return {
    async interrupt() {
      const current = run();
      if (current) await Promise.all([current.voice?.connection?.interrupt(), silence(current)]);
    },
    bargeIn() {
      const current = run();
      // The page heard the user first and has interrupted already: the service says the same again.
      if (!current || !(isAnswered || speaker.speaking)) return;
      silence(current).catch((cause: unknown) => {
        if (AvatarError.isInstance(cause)) onError(cause);
      });
    },
    onReply() {
      isAnswered = true;
    },
  };
}
