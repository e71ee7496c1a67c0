import type { VoiceLabel } from '../voice/VoiceLabel.js';
import { createVad, type Vad, type VadOptions, type VadResult } from './createVad.js';

/** Who speaks: a user in a channel. */
export interface VadSpeaker {
  readonly channel: string;
  readonly user: string | number;
}

/** One detector for each speaker. */
export interface VadManager {
  /**
   * Takes a speaker's next frame; a speaker who was not heard before gets a detector.
   * @returns null after `close()`, and with `strict` for the first frame of a speaker, which upstream loses.
   * @throws AvatarError `audio-invalid`
   */
  push(speaker: VadSpeaker, frame: Int16Array, label: VoiceLabel): VadResult | null;
  /** Forgets a speaker who has left: nobody else does. */
  remove(speaker: VadSpeaker): void;
  /** Forgets everybody, for good. Idempotent. */
  close(): void;
  /** How many speakers are known. */
  readonly size: number;
}

/**
 * Makes a manager that knows nobody. All detectors have the same options, none shares state with another.
 *
 * @throws AvatarError `invalid-options`
 * @see `audio_vad_manager.py` of Agora's Python server SDK 2.1.6
 */
export function createVadManager(options: VadOptions = {}): VadManager {
  // Refused here and not in the middle of a call; each detector has a result of its own.
  createVad(options);
  const detectors = new Map<string, Vad>();
  let closed = false;
  // Upstream joins the two, so that "a" in "bc" is the same as "ab" in "c".
  const keyOf = ({ channel, user }: VadSpeaker) => JSON.stringify([channel, String(user)]);

  return {
    get size() {
      return detectors.size;
    },
    push(speaker, frame, label) {
      if (closed) return null;
      const key = keyOf(speaker);
      let vad = detectors.get(key);
      if (!vad) {
        vad = createVad(options);
        detectors.set(key, vad);
        if (options.strict) return null;
      }
      return vad.push(frame, label);
    },
    remove: (speaker) => void detectors.delete(keyOf(speaker)),
    close() {
      closed = true;
      detectors.clear();
    },
  };
}
