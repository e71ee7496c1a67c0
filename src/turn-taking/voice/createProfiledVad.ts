import { createVad, type Vad } from '../vad/createVad.js';
import type { VadConfig } from '../vad/VadConfig.js';
import { resolveVadProfile, type VadProfileOptions } from './resolveVadProfile.js';

/** A detector that keeps to the settings of whichever source is listening. */
export interface ProfiledVad extends Vad {
  /** What it keeps to now. */
  readonly config: VadConfig;
  readonly minSpeechMs: number;
}

/**
 * Makes a detector for labels of a source that may give way to a better one, as `spectralUntil` does.
 *
 * @param sourceKind says where the label that is being pushed comes from.
 * @throws AvatarError `invalid-options`
 */
export function createProfiledVad(options: VadProfileOptions, sourceKind: () => string): ProfiledVad {
  // No source has settings that only it would refuse, so that a mistake is told here and not in the middle of a conversation.
  let { config, minSpeechMs } = resolveVadProfile(options);
  let vad = createVad({ config });
  let kind: string | null = null;

  function followSource(voiceProbability: number): void {
    const next = sourceKind();
    if (next === kind) return;
    // A new machine has heard nothing yet: what has begun, or may be beginning, the old one finishes.
    if (kind !== null && (vad.speaking || voiceProbability > config.stopVoiceProb)) return;
    kind = next;
    ({ config, minSpeechMs } = resolveVadProfile(options, kind));
    vad = createVad({ config });
  }

  return {
    get config() {
      return config;
    },
    get minSpeechMs() {
      return minSpeechMs;
    },
    get speaking() {
      return vad.speaking;
    },
    push(frame, label) {
      followSource(label.voiceProbability);
      return vad.push(frame, label);
    },
    reset: () => vad.reset(),
  };
}
