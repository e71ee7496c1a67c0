const STEP_COUNT = 89;
const INDEX_CHANGE = [-1, -1, -1, -1, 2, 4, 6, 8];

/**
 * Unpacks IMA ADPCM: four bits per sample, the earlier one in the low half of a byte, from a start at zero.
 * The step sizes follow their formula rather than the published table, as the encoder in `scripts/makeHostClips.mjs` does.
 *
 * @returns Int16Array [sampleCount], mono.
 * @see Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems, IMA, 1992
 */
export function decodeAdpcm(bytes: Uint8Array, sampleCount: number): Int16Array {
  const steps = Array.from({ length: STEP_COUNT }, (_, index) => Math.min(32_767, Math.floor(7 * 1.1 ** index + (index > 0 ? 0.5 : 0))));
  const samples = new Int16Array(sampleCount);
  let predicted = 0;
  let index = 0;
  for (let at = 0; at < sampleCount; at++) {
    const nibble = ((bytes[at >> 1] ?? 0) >> (4 * (at & 1))) & 15;
    const code = nibble & 7;
    const change = Math.floor(((2 * code + 1) * (steps[index] ?? 0)) / 8);
    predicted = Math.max(-32_768, Math.min(32_767, predicted + (nibble & 8 ? -change : change)));
    index = Math.max(0, Math.min(STEP_COUNT - 1, index + (INDEX_CHANGE[code] ?? 0)));
    samples[at] = predicted;
  }
  return samples;
}
