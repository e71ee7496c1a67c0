import AgoraRTC from 'agora-rtc-react';
import type { Channel } from '../channel.js';
import type { AgoraEngine } from './agoraClient.js';
import { createAgoraChannel } from './createAgoraChannel.js';

/** Options of the Agora channel. */
export interface AgoraChannelOptions {
  /** Video codec of the room. Default `vp8`, which every browser decodes. */
  readonly codec?: 'vp8' | 'vp9' | 'h264' | 'av1';
}

/**
 * The channel over Agora's network. Importing this loads the Agora SDK, which needs a browser.
 *
 * @example
 * ```ts
 * import { agoraChannel } from 'visavis/agora';
 * const session = createAvatarSession({ grant: '/api/avatar', channel: agoraChannel({ codec: 'h264' }) });
 * ```
 */
export function agoraChannel(options: AgoraChannelOptions = {}): Channel {
  const { codec = 'vp8' } = options;
  const engine: AgoraEngine = {
    createClient: () => AgoraRTC.createClient({ mode: 'rtc', codec }),
    onAutoplayFailed(listener) {
      // The SDK has room for one listener: hand on to whoever was there before.
      const previous = AgoraRTC.onAutoplayFailed;
      const mine = () => {
        previous?.();
        listener();
      };
      AgoraRTC.onAutoplayFailed = mine;
      return () => {
        if (AgoraRTC.onAutoplayFailed === mine) AgoraRTC.onAutoplayFailed = previous;
      };
    },
    resume: async () => AgoraRTC.resumeAudioContext(),
  };
  return createAgoraChannel(engine);
}
