import { createVoiceFeatures, VOICE_FEATURE_COUNT } from '../../src/turn-taking/voice/spectral/createVoiceFeatures.js';
import type { VoiceModel } from '../../src/turn-taking/voice/spectral/voiceModel.js';
import { makeNoise, noiseKinds, type NoiseKind } from './noise.js';
import { framesOf } from './vadLabelled.js';

/** Frames to learn from or to judge. */
export interface FeatureRows {
  /** Float64Array [frames * VOICE_FEATURE_COUNT]. */
  readonly features: Float64Array;
  /** 1 for speech: Uint8Array [frames]. */
  readonly speech: Uint8Array;
  /** How much each frame counts beside those of other noise. Default 1. */
  readonly weight?: number;
}

/** Noise that the model learns from. The bench judges by others. */
const NOISE_SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
const NOISE_SECONDS = 40;
const NOISE_STEP = 20;
/** All noise together counts as half of the labelled speech. */
const NOISE_SHARE = 0.5;
/** What is most like a voice counts so many times as much. */
const HARD_KINDS: readonly NoiseKind[] = ['babble', 'music'];
const HARD_WEIGHT = 2.5;
const RIDGE = 1e-3;
const ITERATIONS = 20;

export function featureRows(samples: Int16Array, speech: Uint8Array): FeatureRows {
  const features = createVoiceFeatures();
  const frames = framesOf(samples);
  const rows = new Float64Array(frames.length * VOICE_FEATURE_COUNT);
  frames.forEach((frame, index) => {
    features.push(frame);
    rows.set(features.values, index * VOICE_FEATURE_COUNT);
  });
  return { features: rows, speech };
}

/** Every twentieth frame of the noise that is for learning. */
export function noiseRows(): readonly FeatureRows[] {
  return noiseKinds.flatMap((kind) =>
    NOISE_SEEDS.map((seed) => {
      const { features } = featureRows(makeNoise(kind, seed, NOISE_SECONDS), new Uint8Array(0));
      const count = Math.floor(features.length / VOICE_FEATURE_COUNT / NOISE_STEP);
      const picked = new Float64Array(count * VOICE_FEATURE_COUNT);
      for (let row = 0; row < count; row++) picked.set(features.subarray(row * NOISE_STEP * VOICE_FEATURE_COUNT, (row * NOISE_STEP + 1) * VOICE_FEATURE_COUNT), row * VOICE_FEATURE_COUNT);
      return { features: picked, speech: new Uint8Array(count), weight: HARD_KINDS.includes(kind) ? HARD_WEIGHT : 1 };
    }),
  );
}

/** Ridge logistic regression by Newton's method on standardised features. */
export function fitVoiceModel(labelled: readonly FeatureRows[], noise: readonly FeatureRows[], noiseShare = NOISE_SHARE): VoiceModel {
  const count = VOICE_FEATURE_COUNT;
  const size = count + 1;
  const labelledFrames = labelled.reduce((sum, { speech }) => sum + speech.length, 0);
  const noiseFrames = noise.reduce((sum, { speech, weight = 1 }) => sum + weight * speech.length, 0);
  const sets = [
    ...labelled.map((rows) => ({ ...rows, weight: 1 / (1 + noiseShare) / labelledFrames })),
    ...noise.map((rows) => ({ ...rows, weight: (rows.weight ?? 1) * noiseShare / (1 + noiseShare) / noiseFrames })),
  ];
  const means = new Float64Array(count);
  const deviations = new Float64Array(count);
  for (const { features, weight } of sets) for (let at = 0; at < features.length; at++) means[at % count] = (means[at % count] ?? 0) + weight * (features[at] ?? 0);
  for (const { features, weight } of sets) for (let at = 0; at < features.length; at++) deviations[at % count] = (deviations[at % count] ?? 0) + weight * ((features[at] ?? 0) - (means[at % count] ?? 0)) ** 2;
  for (let k = 0; k < count; k++) deviations[k] = Math.sqrt(deviations[k] ?? 0) + 1e-6;

  const solution = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    for (const { features, speech, weight } of sets) {
      for (let frame = 0; frame < speech.length; frame++) {
        let score = solution[count] ?? 0;
        for (let k = 0; k < count; k++) {
          const value = ((features[frame * count + k] ?? 0) - (means[k] ?? 0)) / (deviations[k] ?? 1);
          row[k] = value;
          score += value * (solution[k] ?? 0);
        }
        const probability = 1 / (1 + Math.exp(-score));
        const pull = weight * (probability - (speech[frame] ?? 0));
        const stiffness = weight * probability * (1 - probability);
        for (let i = 0; i < size; i++) {
          gradient[i] = (gradient[i] ?? 0) + pull * (row[i] ?? 0);
          const scaled = stiffness * (row[i] ?? 0);
          for (let j = 0; j <= i; j++) hessian[i * size + j] = (hessian[i * size + j] ?? 0) + scaled * (row[j] ?? 0);
        }
      }
    }
    for (let k = 0; k < count; k++) {
      gradient[k] = (gradient[k] ?? 0) + RIDGE * (solution[k] ?? 0);
      hessian[k * size + k] = (hessian[k * size + k] ?? 0) + RIDGE;
    }
    const step = solve(hessian, gradient, size);
    for (let i = 0; i < size; i++) solution[i] = (solution[i] ?? 0) - (step[i] ?? 0);
    if (step.every((value) => Math.abs(value) < 1e-6)) break;
  }
  const weights = solution.slice(0, count).map((value, k) => value / (deviations[k] ?? 1));
  return { bias: weights.reduce((bias, weight, k) => bias - weight * (means[k] ?? 0), solution[count] ?? 0), weights };
}

/** Solves `matrix * x = right` by Cholesky; of the matrix, Float64Array [size * size], the lower half is read and overwritten. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const at = (i: number, j: number) => matrix[i * size + j] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
    }
  }
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}
