import type { TurnMode } from './TurnDetectorEvent.js';

/** What the ear makes of the user while the avatar speaks: a first sign, certainty, or that it was nothing. */
export type BargeInSignal = 'duck' | 'confirm' | 'release';

/** Decides what becomes of the avatar's sound. */
export interface Interruption {
  /**
   * Takes what was noticed in a frame.
   * @param busy whether the avatar can be heard, so that there is something to interrupt.
   */
  step(signal: BargeInSignal | null, mode: TurnMode, busy: boolean): 'duck' | 'cut' | 'release' | null;
  /** Words were recognised. @returns true when they cut the avatar off. */
  hearWords(mode: TurnMode, busy: boolean): boolean;
  /** The avatar was cut off by other means, or begins anew. */
  settle(cut: boolean): void;
  /** Whether the avatar has been cut off and has not fallen silent yet. */
  readonly cut: boolean;
  /** Whether its sound is lowered. */
  readonly ducked: boolean;
}

/** A recogniser that has found no words so long after the voice has gone, or in so long a time at all, finds none. */
const GRACE_FRAMES = 100;
const WORDS_FRAMES = 500;

/** Makes one that lets the avatar speak. */
export function createInterruption(): Interruption {
  let state: 'idle' | 'ducked' | 'waiting' | 'cut' = 'idle';
  let left = 0;

  function release(): 'release' | null {
    const ducked = state === 'ducked' || state === 'waiting';
    state = 'idle';
    return ducked ? 'release' : null;
  }

  function cut(): 'cut' {
    state = 'cut';
    return 'cut';
  }

  return {
    get cut() {
      return state === 'cut';
    },
    get ducked() {
      return state === 'ducked' || state === 'waiting';
    },
    step(signal, mode, busy) {
      if (!busy) return release();
      if (state === 'cut') return null;
      if (mode !== 'voice' && mode !== 'transcript') return release();
      if (state === 'waiting') {
        left = signal === 'release' ? Math.min(left, GRACE_FRAMES) : left - 1;
        return left > 0 ? null : release();
      }
      if (signal === 'release') return release();
      if (signal === 'confirm' && mode === 'voice') return cut();
      if (signal === null) return null;
      const before = state;
      state = signal === 'confirm' ? 'waiting' : 'ducked';
      left = WORDS_FRAMES;
      return before === 'idle' ? 'duck' : null;
    },
    hearWords(mode, busy) {
      if (mode !== 'transcript' || !busy || state === 'cut') return false;
      cut();
      return true;
    },
    settle(isCut) {
      state = isCut ? 'cut' : 'idle';
    },
  };
}
