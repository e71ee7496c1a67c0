/** About -50 dBFS of a full-scale sine: quieter than any speech, louder than a good microphone's noise. */
const MIN_RMS = 100;
/** Pauses between words are not the end of speech. */
const HANGOVER_FRAMES = 30;

/**
 * Tells from the frames that are being played whether the avatar can be heard.
 * @returns takes each 10 ms frame (Int16Array [160]) in turn and gives whether it belongs to speech.
 */
export function createSpeakingDetector(): (frame: Int16Array) => boolean {
  let quietFrames = HANGOVER_FRAMES;
  return (frame) => {
    let energy = 0;
    for (const sample of frame) energy += sample * sample;
    quietFrames = Math.sqrt(energy / frame.length) >= MIN_RMS ? 0 : Math.min(HANGOVER_FRAMES, quietFrames + 1);
    return quietFrames < HANGOVER_FRAMES;
  };
}
