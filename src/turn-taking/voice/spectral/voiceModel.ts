/**
 * Weights of the features: a row for those of one frame, one for each of their two averages, one for the trends.
 *
 * Fitted by `bench/support/vadFit.ts` to the 16 labelled recordings in `bench/data/vad` and to generated noise of 12 kinds. What
 * the same fit is worth on recordings that it has not seen is what `npm run bench -- vad` prints.
 */
const WEIGHTS = Float64Array.of(
  0.1623, -1.354, -0.08277, 0.657, 1.265, -0.1408, -0.1109, -0.4162, -0.4907, 2.037,
  0.8418, -1.14, 1.103, 0.9578, -1.627, 0.05273, 2.701, -0.8735, 0.2059, 16.67,
  0.7092, -2.573, -0.08967, 2.022, 5.711, 1.375, -0.4511, -3.727, -0.751, 15.74,
  1.719, 2.308, -1.252, 0.9836, 3.569, -0.6474, 1.607,
);
const BIAS = -17.74;
/** Moves even odds to 70 of 100, so that Agora's defaults of 70 to start and 50 to stop are where this model is at its best. */
const DEFAULT_START_ODDS = Math.log(0.7 / 0.3);

/** What the features are weighed by. */
export interface VoiceModel {
  readonly bias: number;
  /** Float64Array [VOICE_FEATURE_COUNT]. */
  readonly weights: Float64Array;
}

/** The model that ships. */
export const voiceModel: VoiceModel = { bias: BIAS, weights: WEIGHTS };

/** How likely it is that somebody speaks, 0 to 1, by the features that begin at `offset`. */
export function voiceProbability(features: Float64Array, { bias, weights }: VoiceModel = voiceModel, offset = 0): number {
  let score = bias + DEFAULT_START_ODDS;
  for (let k = 0; k < weights.length; k++) score += (weights[k] ?? 0) * (features[offset + k] ?? 0);
  return 1 / (1 + Math.exp(-score));
}
