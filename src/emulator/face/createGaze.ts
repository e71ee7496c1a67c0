import type { Noise } from './createNoise.js';

const SLOT_MS = 1150;
/** A saccade of this size takes about 40 ms, so at 25 fps it is one step. */
const SACCADE_MS = 40;
const AWAY_CHANCE = 0.22;
const X_STREAM = 21;
const Y_STREAM = 22;
const AWAY_STREAM = 23;
const DELAY_STREAM = 24;

interface Gaze {
  readonly gazeX: number;
  readonly gazeY: number;
}

/** Eyes that rest on the viewer with the small jumps of real eyes, and now and then look beside. Offsets in pixels. */
export function createGaze(noise: Noise): (timeMs: number) => Gaze {
  const targetAt = (slot: number): Gaze => {
    const reach = noise.at(AWAY_STREAM, slot) < AWAY_CHANCE ? 4.2 : 0.9;
    return {
      gazeX: (noise.at(X_STREAM, slot) * 2 - 1) * reach,
      gazeY: (noise.at(Y_STREAM, slot) * 2 - 1) * reach * 0.5,
    };
  };
  return (timeMs) => {
    const slot = Math.floor(timeMs / SLOT_MS);
    const jumpMs = slot * SLOT_MS + noise.at(DELAY_STREAM, slot) * (SLOT_MS - SACCADE_MS);
    const moved = Math.min(1, Math.max(0, (timeMs - jumpMs) / SACCADE_MS));
    const from = targetAt(slot - 1);
    const to = targetAt(slot);
    return {
      gazeX: from.gazeX + (to.gazeX - from.gazeX) * moved,
      gazeY: from.gazeY + (to.gazeY - from.gazeY) * moved,
    };
  };
}
