import type { RoomVolume } from './createRoomVolume.js';
import type { SessionRun } from './createSessionRun.js';
import type { Speaker } from './createSpeaker.js';

export interface InterrupterOptions {
  readonly speaker: Speaker;
  readonly volume: RoomVolume;
  readonly run: () => SessionRun | null;
  /** Raises the turn and tells everybody. */
  readonly onTurnRaise: () => void;
}

/** Makes the avatar fall silent. */
export interface Interrupter {
  /** The application interrupts: the voice service is told as well. Resolves when the services have acknowledged. */
  interrupt(): Promise<void>;
  /** The voice service heard the user speak and has stopped by itself. */
  bargeIn(): Promise<void>;
}

/** Makes an interrupter. */
export function createInterrupter({ speaker, volume, run, onTurnRaise }: InterrupterOptions): Interrupter {
  async function silence({ avatar, voice }: SessionRun): Promise<void> {
    speaker.cancel();
    voice?.output.clear();
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
    async bargeIn() {
      const current = run();
      if (current) await silence(current);
    },
  };
}
