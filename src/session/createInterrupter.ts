import type { Clock } from '../clock/clock.js';
import type { SessionRun } from './createSessionRun.js';
import type { Speaker } from './createSpeaker.js';

export interface InterrupterOptions {
  readonly clock: Clock;
  readonly speaker: Speaker;
  readonly run: () => SessionRun | null;
  /** 0 to 1 */
  readonly volume: () => number;
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

/** Sound that was on its way when an interrupt was sent is kept silent until it has drained. */
const DRAIN_MS = 250;

/** Makes an interrupter. */
export function createInterrupter({ clock, speaker, run, volume, onTurnRaise }: InterrupterOptions): Interrupter {
  async function silence(current: SessionRun): Promise<void> {
    const { avatar, channel: room } = current;
    speaker.cancel();
    current.output?.clear();
    onTurnRaise();
    if (!avatar) return;
    // At once here, without waiting for the way to the service and back.
    room?.setVolume(0);
    try {
      await avatar.interrupt();
    } finally {
      clock.schedule(() => room?.setVolume(volume()), DRAIN_MS);
    }
  }

  return {
    async interrupt() {
      const current = run();
      if (!current) return;
      await Promise.all([current.voice?.interrupt(), silence(current)]);
    },
    async bargeIn() {
      const current = run();
      if (current) await silence(current);
    },
  };
}
