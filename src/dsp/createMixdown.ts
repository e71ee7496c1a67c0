/**
 * Makes a function that mixes interleaved channels down to one: the mean of each frame.
 * Pieces may be cut within a frame; half a frame at the very end is left out.
 *
 * @param channels 1 or more
 * @returns takes Int16Array [frames x channels], gives Int16Array [frames]; with one channel what it was given, not a copy
 */
export function createMixdown(channels: number): (samples: Int16Array) => Int16Array {
  if (channels === 1) return (samples) => samples;
  let sum = 0;
  /** Channels of the present frame that are in `sum`. */
  let summed = 0;
  return (samples) => {
    const mono = new Int16Array(Math.floor((summed + samples.length) / channels));
    let frame = 0;
    for (const sample of samples) {
      sum += sample;
      if (++summed < channels) continue;
      mono[frame++] = Math.round(sum / channels);
      sum = 0;
      summed = 0;
    }
    return mono;
  };
}
