import { isStill } from './isStill.js';

/** A voice to look at: levels of somebody who talks on and on, 0 to 0.2 (RMS), 50 times a second. The returned function ends it. */
export function createHum(onLevel: (level: number) => void): () => void {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    const timeMs = ticks * 20;
    const syllable = Math.abs(Math.sin(timeMs / 95) * Math.sin(timeMs / 410));
    // A breath after each sentence.
    onLevel(isStill() ? 0.09 : timeMs % 3_600 > 2_900 ? 0.001 : 0.01 + syllable * 0.15);
  }, 20);
  return () => clearInterval(timer);
}
