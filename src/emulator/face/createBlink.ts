import type { Noise } from './createNoise.js';

/** One blink falls into every slot at a random place, so a gap is 0.7 to 6.9 s and the rate about 18 a minute. */
const SLOT_MS = 3800;
const MARGIN_MS = 350;
const DOUBLE_CHANCE = 0.16;
const DOUBLE_GAP_MS = 290;

/** Lids fall faster than they rise. */
const CLOSING_MS = 80;
const CLOSED_MS = 40;
const OPENING_MS = 140;
const BLINK_MS = CLOSING_MS + CLOSED_MS + OPENING_MS;

const BLINK_STREAM = 11;
const DOUBLE_STREAM = 12;

/** Irregular blinks, sometimes double: 0 open to 1 closed, as a pure function of time in ms. */
export function createBlink(noise: Noise): (timeMs: number) => number {
  return (timeMs) => {
    const slot = Math.floor(timeMs / SLOT_MS);
    const room = SLOT_MS - 2 * MARGIN_MS - BLINK_MS - DOUBLE_GAP_MS;
    const startMs = slot * SLOT_MS + MARGIN_MS + noise.at(BLINK_STREAM, slot) * room;
    const first = lidAt(timeMs - startMs);
    if (noise.at(DOUBLE_STREAM, slot) >= DOUBLE_CHANCE) return first;
    return Math.max(first, lidAt(timeMs - startMs - DOUBLE_GAP_MS));
  };
}

function lidAt(elapsedMs: number): number {
  if (elapsedMs <= 0 || elapsedMs >= BLINK_MS) return 0;
  if (elapsedMs < CLOSING_MS) return smooth(elapsedMs / CLOSING_MS);
  if (elapsedMs < CLOSING_MS + CLOSED_MS) return 1;
  return smooth((BLINK_MS - elapsedMs) / OPENING_MS);
}

const smooth = (x: number): number => x * x * (3 - 2 * x);
