import type { SpeechSource } from './SpeechSource.js';

/** A recording: all of it is there. Int16Array [samples], mono; not copied. */
export function speechFromSamples(samples: Int16Array): SpeechSource {
  let position = 0;
  return {
    peek: (maxLength) => samples.subarray(position, position + maxLength),
    skip(length) {
      position += length;
    },
    get ended() {
      return position >= samples.length;
    },
    failure: null,
    watch: () => undefined,
  };
}
