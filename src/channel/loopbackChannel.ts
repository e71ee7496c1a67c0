import { createAgoraChannel } from './agora/createAgoraChannel.js';
import { assertWebRtc } from './assertWebRtc.js';
import type { Channel } from './channel.js';
import { createLoopbackEngine } from './loopback/createLoopbackEngine.js';

/** Options of the loopback channel. */
export interface LoopbackChannelOptions {
  /** How often the `channel-volume` event comes. Milliseconds, 0 for never. Default 2,000. */
  readonly volumeIndicatorIntervalMs?: number;
}

/**
 * A room of an emulator, behind the same adapter as Agora's.
 *
 * @param url signalling endpoint of the rooms, `channelUrl` of the emulator
 */
export function loopbackChannel(url: string, { volumeIndicatorIntervalMs }: LoopbackChannelOptions = {}): Channel {
  const channel = createAgoraChannel(createLoopbackEngine(url), { volumeIndicatorIntervalMs });
  return {
    kind: 'loopback',
    async join(options) {
      assertWebRtc();
      return channel.join(options);
    },
  };
}
