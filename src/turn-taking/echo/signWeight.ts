import { BANDS } from './bands.js';

/** What the filter takes out of a frame, dB: up to the first the frame may be the user's, from the second on it is the avatar's. */
const USER_DB = 6;
const ECHO_DB = 12;
/** The same for how much what is left moves as the avatar does. */
const UNLIKE = 0.55;
const ALIKE = 0.85;

/**
 * How much a frame that stands above the expected echo speaks for a user, 0 to 1. A user as loud as the echo cannot be cancelled; of a
 * frame that is nearly gone without the echo, what is left is what the loudspeaker distorts. And where the filter is poor, as between
 * two clocks that drift apart, what is left still moves as the avatar does.
 *
 * @param heard - power of the microphone, Float32Array [15].
 * @param rest - the same without the echo.
 * @param likeness - of what is left to what was played, -1 to 1.
 */
export function signWeight(heard: Float32Array, rest: Float32Array, likeness: number): number {
  let before = 1e-9;
  let after = 1e-9;
  for (let band = 0; band < BANDS; band++) {
    before += heard[band] ?? 0;
    after += rest[band] ?? 0;
  }
  return fall(10 * Math.log10(before / after), USER_DB, ECHO_DB) * fall(likeness, UNLIKE, ALIKE);
}

/** 1 up to `from`, 0 from `to` on, and a straight line between. */
function fall(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (to - value) / (to - from)));
}
