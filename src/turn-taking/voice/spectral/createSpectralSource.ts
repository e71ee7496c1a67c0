import { levelOf } from '../levelOf.js';
import type { CreateVoiceSource, VoiceProbabilitySource, VoiceSourceOptions } from '../VoiceProbabilitySource.js';
import { createVoiceFeatures } from './createVoiceFeatures.js';
import { voiceProbability } from './voiceModel.js';

/**
 * Makes the source that needs nothing: band levels above their noise floor, periodicity and their course over time, weighed by a
 * logistic model. Labels come within `push`. Some 8 microseconds a frame; allocates nothing after it has been made.
 *
 * @example
 * ```ts
 * const source = createSpectralSource({ onLabel: ({ voiceProbability }) => meter.show(voiceProbability) });
 * source.push(frame);
 * ```
 */
export function createSpectralSource({ onLabel }: VoiceSourceOptions): VoiceProbabilitySource {
  const features = createVoiceFeatures();
  const label = { rmsDb: -127, voiceProbability: 0, pitchHz: null as number | null }; // widened: filled anew for each frame
  let closed = false;

  return {
    kind: 'spectral',
    latencyMs: 0,
    push(frame) {
      if (closed) return;
      features.push(frame);
      label.rmsDb = levelOf(frame);
      label.voiceProbability = 100 * voiceProbability(features.values);
      label.pitchHz = features.pitchHz;
      onLabel(label);
    },
    reset: () => features.reset(),
    close() {
      closed = true;
    },
  };
}

/** The spectral source as {@link CreateVoiceSource}. */
export const spectral: CreateVoiceSource = async (options) => createSpectralSource(options);
