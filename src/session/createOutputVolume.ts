import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';

/** How loud the other side is heard: as the user likes it, lowered while somebody may be speaking, or kept silent by an interrupt. */
export interface OutputVolume {
  /** What a room that is joined now should play at, 0 to 1. */
  readonly current: number;
  /** @throws AvatarError `invalid-options` when it is not a number. */
  set(volume: number): void;
  /** Lowers it at once. @param gain 0 to 1, of what the user likes. */
  duck(gain: number): void;
  /** Brings it back smoothly, if it was lowered. */
  release(): void;
  /** Silences at once; the returned function ends that when what was on its way has drained. The latest silence counts. */
  silence(): () => void;
  /** Forgets a silence and a duck; the volume stays for the next room. */
  reset(): void;
}

/** Sound that was on its way when an interrupt was acknowledged is kept silent until it has drained. */
const DRAIN_MS = 250;
const RELEASE_STEPS = 10;
const RELEASE_STEP_MS = 20;

/** Starts at full volume. `apply` is told of every change, `onChoice` of what the user likes. */
export function createOutputVolume(clock: Clock, apply: (volume: number) => void, onChoice: (volume: number) => void = () => {}): OutputVolume {
  let volume = 1;
  let gain = 1;
  /** Names the silence that holds; null when none does. */
  let silence: symbol | null = null;
  let cancelRestore = () => {};
  let cancelRelease = () => {};

  const current = () => (silence ? 0 : volume * gain);
  const update = () => apply(current());

  function rise(from: number, step: number): void {
    gain = from + ((1 - from) * step) / RELEASE_STEPS;
    update();
    if (step < RELEASE_STEPS) cancelRelease = clock.schedule(() => rise(from, step + 1), RELEASE_STEP_MS);
  }

  return {
    get current() {
      return current();
    },
    set(next) {
      if (!Number.isFinite(next)) throw new AvatarError('invalid-options', { message: `A volume is a number from 0 to 1, not ${String(next)}.` });
      volume = Math.min(1, Math.max(0, next));
      if (!silence) update();
      onChoice(volume);
    },
    duck(next) {
      cancelRelease();
      gain = Math.min(1, Math.max(0, next));
      update();
    },
    release() {
      if (gain === 1) return;
      cancelRelease();
      // Behind a silence nobody hears it rise.
      if (silence) gain = 1;
      else rise(gain, 1);
    },
    silence() {
      cancelRestore();
      cancelRelease();
      gain = 1;
      const mine = (silence = Symbol('silence'));
      update();
      return () => {
        if (silence !== mine) return;
        cancelRestore = clock.schedule(() => {
          silence = null;
          update();
        }, DRAIN_MS);
      };
    },
    reset() {
      cancelRestore();
      cancelRelease();
      silence = null;
      gain = 1;
    },
  };
}
