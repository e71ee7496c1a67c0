import type { ChannelStats } from '../channel.js';
import type { AgoraClient } from './agoraClient.js';

/** What is known of a room that is not joined. */
export const NO_STATS: ChannelStats = {
  roundTripMs: null,
  audioDelayMs: null,
  audioLossRate: null,
  videoLossRate: null,
  videoFreezeRate: null,
  sendBitsPerSecond: null,
  receiveBitsPerSecond: null,
};

/**
 * The numbers of a client in the port's terms.
 *
 * @param avatarUid whose sound and picture are told of; null while there is no avatar
 */
export function readChannelStats(client: AgoraClient, avatarUid: number | string | null): ChannelStats {
  const room = client.getRTCStats();
  const audio = avatarUid === null ? undefined : client.getRemoteAudioStats()[avatarUid];
  const video = avatarUid === null ? undefined : client.getRemoteVideoStats()[avatarUid];
  return {
    roundTripMs: measured(room.RTT),
    audioDelayMs: measured(audio?.end2EndDelay),
    audioLossRate: rate(audio?.packetLossRate),
    videoLossRate: rate(video?.packetLossRate),
    videoFreezeRate: rate(video?.freezeRate),
    sendBitsPerSecond: number(room.SendBitrate),
    receiveBitsPerSecond: number(room.RecvBitrate),
  };
}

function number(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The SDK says 0 for a time that it has not measured. */
function measured(value: number | undefined): number | null {
  return number(value) || null;
}

/** NaN before the first packet. */
function rate(value: number | undefined): number | null {
  const known = number(value);
  return known === null ? null : Math.min(1, Math.max(0, known));
}
