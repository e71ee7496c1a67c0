import type { IAgoraRTC } from 'agora-rtc-react';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Channel } from '../channel.js';
import type { AgoraEngine } from './agoraClient.js';
import { createAgoraChannel } from './createAgoraChannel.js';

/** Options of the Agora channel. */
export interface AgoraChannelOptions {
  /** Video codec of the room. Default `vp8`, which every browser decodes. */
  readonly codec?: 'vp8' | 'vp9' | 'h264' | 'av1';
}

/**
 * The channel over Agora's network. The SDK is loaded when a room is joined: evaluating it needs a browser.
 *
 * @example
 * ```ts
 * import { agoraChannel } from 'visavis/agora';
 * const session = createAvatarSession({ grant: '/api/avatar', channel: agoraChannel({ codec: 'h264' }) });
 * ```
 */
export function agoraChannel(options: AgoraChannelOptions = {}): Channel {
  const { codec = 'vp8' } = options;
  return {
    kind: 'agora',
    join: async (joinOptions) => createAgoraChannel(createEngine(await loadSdk(), codec)).join(joinOptions),
  };
}

async function loadSdk(): Promise<IAgoraRTC> {
  try {
    return (await import('agora-rtc-react')).default;
  } catch (cause) {
    throw new AvatarError('channel-failed', {
      message: 'The Agora SDK could not be loaded. Check the network and the Content-Security-Policy, then try again.',
      cause,
    });
  }
}

function createEngine(sdk: IAgoraRTC, codec: 'vp8' | 'vp9' | 'h264' | 'av1'): AgoraEngine {
  return {
    createClient: () => sdk.createClient({ mode: 'rtc', codec }),
    onAutoplayFailed(listener) {
      // The SDK has room for one listener: hand on to whoever was there before.
      const previous = sdk.onAutoplayFailed;
      const mine = () => {
        previous?.();
        listener();
      };
      sdk.onAutoplayFailed = mine;
      return () => {
        if (sdk.onAutoplayFailed === mine) sdk.onAutoplayFailed = previous;
      };
    },
    resume: async () => sdk.resumeAudioContext(),
  };
}
