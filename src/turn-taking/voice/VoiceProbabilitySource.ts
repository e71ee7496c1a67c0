import type { VoiceLabel } from './VoiceLabel.js';

/** Hears 10 ms frames and says of each how likely it is that somebody speaks. */
export interface VoiceProbabilitySource {
  readonly kind: string;
  /** How much later than its frame a label may come. Milliseconds; 0 when it comes within `push`. */
  readonly latencyMs: number;
  /** Takes one frame: Int16Array [160], mono, 16 kHz. Copies what it keeps. */
  push(frame: Int16Array): void;
  /** Forgets what it has heard, as if newly made. */
  reset(): void;
  /** Frees everything. No label comes afterwards. Idempotent. */
  close(): void;
}

export interface VoiceSourceOptions {
  /** Called once for each frame, in order. The label is valid only during the call. */
  readonly onLabel: (label: VoiceLabel) => void;
}

/** Makes a source, loading what it needs. Rejects with an AvatarError when that cannot be had. */
export type CreateVoiceSource = (options: VoiceSourceOptions) => Promise<VoiceProbabilitySource>;
