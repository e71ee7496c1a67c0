/** Knows whether the avatar can be heard: it was said to speak, or its sound is in the frames. */
export interface AvatarEar {
  readonly audible: boolean;
  setSpeaking(speaking: boolean): void;
  /** Takes 10 ms of the avatar's sound: Int16Array [160]. */
  push(reference: Int16Array): void;
}

/** -50 dBFS: below this nothing is to be heard. */
const AUDIBLE_PEAK = 104;
/** Between two words of the avatar there is less. */
const PAUSE_FRAMES = 30;

/** Makes one for an avatar that is silent. */
export function createAvatarEar(): AvatarEar {
  let speaking = false;
  let quietFrames = PAUSE_FRAMES;

  return {
    get audible() {
      return speaking || quietFrames < PAUSE_FRAMES;
    },
    setSpeaking(next) {
      speaking = next;
    },
    push(reference) {
      quietFrames = Math.min(PAUSE_FRAMES, quietFrames + 1);
      for (let i = 0; i < reference.length; i++) {
        if (Math.abs(reference[i] ?? 0) < AUDIBLE_PEAK) continue;
        quietFrames = 0;
        return;
      }
    },
  };
}
