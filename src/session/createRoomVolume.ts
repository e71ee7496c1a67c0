import type { ChannelConnection } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';

/** How loud the room plays, and whether an interrupt keeps it silent. */
export interface RoomVolume {
  /** What a room that is joined now should play at, 0 to 1. */
  readonly current: number;
  /** @throws AvatarError `invalid-options` when it is not a number. */
  set(volume: number): void;
  /** Silences the room at once; the returned function ends that when what was on its way has drained. The latest silence counts. */
  silence(): () => void;
  /** Forgets a silence; the volume stays for the next room. */
  reset(): void;
}

/** Sound that was on its way when an interrupt was acknowledged is kept silent until it has drained. */
const DRAIN_MS = 250;

/** Starts at full volume. `room` is read at each change. */
export function createRoomVolume(clock: Clock, room: () => ChannelConnection | null): RoomVolume {
  let volume = 1;
  /** Names the silence that holds; null when none does. */
  let silence: symbol | null = null;
  let cancelRestore = () => {};

  return {
    get current() {
      return silence ? 0 : volume;
    },
    set(next) {
      if (!Number.isFinite(next)) throw new AvatarError('invalid-options', { message: `A volume is a number from 0 to 1, not ${String(next)}.` });
      volume = Math.min(1, Math.max(0, next));
      if (!silence) room()?.setVolume(volume);
    },
    silence() {
      cancelRestore();
      const mine = (silence = Symbol('silence'));
      room()?.setVolume(0);
      return () => {
        if (silence !== mine) return;
        cancelRestore = clock.schedule(() => {
          silence = null;
          room()?.setVolume(volume);
        }, DRAIN_MS);
      };
    },
    reset() {
      cancelRestore();
      silence = null;
    },
  };
}
