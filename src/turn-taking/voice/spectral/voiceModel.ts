/**
 * Weights of the features: a row for those of one frame, one for each of their two averages, one for the trends.
 *
 * Fitted by `bench/support/vadFit.ts` to the 16 labelled recordings in `bench/data/vad` and to generated noise of 12 kinds. What
 * the same fit is worth on recordings that it has not seen is what `npm run bench -- vad` prints.
 */
const WEIGHTS = Float64Array.of(
  -0.006886, -1.268, -0.06358, 0.6519, 1.337, -0.2148, -0.09818, -0.4513, -0.3533, 1.704,
  0.8455, -1.047, 1.067, 0.9958, -1.428, 0.03366, 2.589, -0.9564, 0.3259, 15.95,
  0.3699, -2.394, 0.1218, 2.18, 6.691, 1.151, -0.3052, -4.095, -0.8028, 19.31,
  1.549, 2.183, -1.729, 0.5189, 3.477, -0.5651, 0.9177,
);
const BIAS = -18.58;
/** Moves the scale so that Agora's defaults, 70 to start and 50 to stop, balance false starts and missed words on generated noise. */
const SHIFT = 0.7;

/** What the features are weighed by. */
export interface VoiceModel {
  readonly bias: number;
  /** Float64Array [VOICE_FEATURE_COUNT]. */
  readonly weights: Float64Array;
}

/** The model that ships. */
const voiceModel: VoiceModel = { bias: BIAS, weights: WEIGHTS };

/** How likely it is that somebody speaks, 0 to 1, by the features that begin at `offset`. */
export function voiceProbability(features: Float64Array, { bias, weights }: VoiceModel = voiceModel, offset = 0): number {
  let score = bias + SHIFT;
  for (let k = 0; k < weights.length; k++) score += (weights[k] ?? 0) * (features[offset + k] ?? 0);
  return 1 / (1 + Math.exp(-score));
}
