import { AvatarError } from '../../errors/AvatarError.js';
import type { AgoraChannelOptions } from './agoraChannel.js';

/** Levels this often look continuous; more often is only work. */
const MIN_VOLUME_INTERVAL_MS = 50;

/**
 * Refuses what cannot be meant.
 *
 * @throws AvatarError `invalid-options`
 */
export function assertChannelOptions({ client, codec, aiClientMode, volumeIndicatorIntervalMs, audioProfile }: AgoraChannelOptions): void {
  if (client && (codec !== undefined || aiClientMode !== undefined)) {
    throw invalid('codec and aiClientMode are chosen where the client is made: leave them out when you give a client.');
  }
  if (volumeIndicatorIntervalMs !== undefined && volumeIndicatorIntervalMs !== 0 && !(volumeIndicatorIntervalMs >= MIN_VOLUME_INTERVAL_MS)) {
    throw invalid(`volumeIndicatorIntervalMs must be 0 or at least ${MIN_VOLUME_INTERVAL_MS}.`);
  }
  if (typeof audioProfile === 'object') {
    for (const [name, value] of [['sampleRateHz', audioProfile.sampleRateHz], ['bitrateKbps', audioProfile.bitrateKbps]] as const) {
      if (value !== undefined && !(value > 0 && Number.isFinite(value))) throw invalid(`audioProfile.${name} must be a positive number.`);
    }
  }
}

function invalid(message: string): AvatarError {
  return new AvatarError('invalid-options', { message });
}
