import { MIC_FRAME_MS } from '../dsp/micFrame.js';

/** After an interrupt, keeps back the rest of the utterance that was interrupted. */
export interface InputHold {
  readonly held: boolean;
  hold(): void;
  /**
   * Every frame must pass through, held or not: the noise floor is learnt from it.
   * @param rms of the frame, 0 to 1
   * @returns true when the frame belongs to a new utterance and may be sent.
   */
  admit(rms: number): boolean;
}

/** This much quiet ends an utterance. Between the words of a sentence there is less. */
const PAUSE_MS = 300;
/** Held no longer than this: constant noise must not make the avatar deaf. */
const MAX_HOLD_MS = 8000;
/** A frame this far above the noise floor is sound. */
const MARGIN_DB = 9;
/** Below this nothing is speech. */
const SILENCE_DB = -55;
/** How fast the floor forgets a quieter past, per frame. */
const FLOOR_RISE_DB = 0.02;

/** Makes an open hold. */
export function createInputHold(): InputHold {
  let held = false;
  let quietMs = 0;
  let heldMs = 0;
  let floorDb = 0;

  return {
    get held() {
      return held;
    },
    hold() {
      held = true;
      heldMs = 0;
      // Quiet up to now counts: who interrupts while not speaking is not held at all.
      if (quietMs >= PAUSE_MS) held = false;
    },
    admit(rms) {
      const levelDb = 20 * Math.log10(Math.max(rms, 1e-5));
      floorDb = Math.min(levelDb, floorDb + FLOOR_RISE_DB);
      quietMs = levelDb > Math.max(floorDb + MARGIN_DB, SILENCE_DB) ? 0 : quietMs + MIC_FRAME_MS;
      if (held) {
        heldMs += MIC_FRAME_MS;
        if (quietMs >= PAUSE_MS || heldMs >= MAX_HOLD_MS) held = false;
      }
      return !held;
    },
  };
}
