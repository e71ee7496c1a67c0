import type { IAgoraRTC, IAgoraRTCClient, ILocalTrack } from 'agora-rtc-react';
import type { AgoraClient, AgoraLocalTrack } from './agoraClient.js';
import type { AgoraEngine } from './agoraEngine.js';
import { watchAutoplay } from './watchAutoplay.js';

/** The SDK with what it hides from its d.ts. */
interface AgoraSdk extends IAgoraRTC {
  setParameter(key: string, value: unknown): void;
}

export interface SdkEngineOptions {
  readonly createClient: (sdk: IAgoraRTC) => IAgoraRTCClient;
  /** How a published microphone is encoded. */
  readonly encoderConfig: Parameters<IAgoraRTC['createCustomAudioTrack']>[0]['encoderConfig'];
}

/** The engine over the SDK that agora-rtc-react carries. */
export function createSdkEngine(rtc: IAgoraRTC, { createClient, encoderConfig }: SdkEngineOptions): AgoraEngine {
  const sdk = rtc as AgoraSdk; // has it, at least up to 4.24
  return {
    createClient: () => createClient(sdk) as unknown as AgoraClient, // the d.ts leaves out `sendStreamMessage`; its `publish` takes its own tracks only, and is given no others
    createLocalTrack: (mediaStreamTrack) =>
      mediaStreamTrack.kind === 'video'
        ? sdk.createCustomVideoTrack({ mediaStreamTrack })
        : sdk.createCustomAudioTrack(encoderConfig ? { mediaStreamTrack, encoderConfig } : { mediaStreamTrack }),
    closeLocalTrack: closeAlone,
    setVolumeInterval(intervalMs) {
      // Not in the d.ts. Hidden, but read by every version of 4.x when the indicator is enabled.
      sdk.setParameter('AUDIO_VOLUME_INDICATION_INTERVAL', intervalMs);
    },
    onAutoplayFailed: (listener) => watchAutoplay(sdk, listener),
    resume: async () => sdk.resumeAudioContext(),
  };
}

/** The SDK's `close()` stops the media track as well, which is the caller's and may be published again: it is kept from that. */
function closeAlone(track: AgoraLocalTrack): void {
  const mediaTrack = track.getMediaStreamTrack();
  Object.defineProperty(mediaTrack, 'stop', { configurable: true, value: () => undefined });
  try {
    (track as ILocalTrack).close(); // made by createLocalTrack above
  } finally {
    Reflect.deleteProperty(mediaTrack, 'stop');
  }
}
