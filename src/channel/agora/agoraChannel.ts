import type { AREAS, IAgoraRTC, IAgoraRTCClient } from 'agora-rtc-react';
import { assertWebRtc } from '../assertWebRtc.js';
import type { Channel } from '../channel.js';
import { assertEncryption, type ChannelEncryption } from './channelEncryption.js';
import { assertChannelOptions } from './assertChannelOptions.js';
import { createAgoraChannel } from './createAgoraChannel.js';
import { createSdkEngine } from './createSdkEngine.js';
import { lacksAiClientMode } from './lacksAiClientMode.js';
import { loadSdk } from './loadSdk.js';
import type { DualStream } from './RoomSettings.js';

/** Agora's names for how a microphone is encoded. `speech_standard`: 32 kHz, mono, 24 kbit/s. */
export type AudioProfile = 'speech_low_quality' | 'speech_standard' | 'music_standard' | 'standard_stereo' | 'high_quality' | 'high_quality_stereo';

/** Options of the Agora channel. */
export interface AgoraChannelOptions {
  /** Video codec of the room. Default `vp8`, which every browser decodes. */
  readonly codec?: 'vp8' | 'vp9' | 'h264' | 'av1';
  /**
   * A client that the application has made with agora-rtc-react's `AgoraRTC`. The session joins and leaves with it; the
   * application's own listeners stay. It must be in no room. `codec` and `aiClientMode` are then the application's to choose.
   */
  readonly client?: IAgoraRTCClient;
  /** Encrypts sound and picture. Everybody in the room needs the same. */
  readonly encryption?: ChannelEncryption;
  /** Which of the avatar's streams to receive, where it sends two. */
  readonly dualStream?: DualStream;
  /** How often the `channel-volume` event comes. Milliseconds, 0 for never. Default 2,000. The whole page has one interval. */
  readonly volumeIndicatorIntervalMs?: number;
  /** How a published microphone is encoded. Default `music_standard`, as Agora's. Firefox has a bit rate of its own. */
  readonly audioProfile?: AudioProfile | { readonly sampleRateHz?: number; readonly stereo?: boolean; readonly bitrateKbps?: number };
  /** Asks for Agora's data path for voice agents. Needs SDK 4.24.8 or later; an older one goes on without, and an `error` event says so. */
  readonly aiClientMode?: boolean;
  /** Regions that the SDK may connect to. For the whole page. Default: all. */
  readonly area?: `${AREAS}` | readonly `${AREAS}`[];
  /** What the SDK writes to the console. For the whole page. Default: as the SDK is set. */
  readonly logLevel?: 'debug' | 'info' | 'warning' | 'error' | 'none';
  /** Sends the SDK's log to Agora. For the whole page. Default false. */
  readonly uploadLogs?: boolean;
}

const LOG_LEVELS = { debug: 0, info: 1, warning: 2, error: 3, none: 4 } as const;

/**
 * The channel over Agora's network. The SDK is loaded when a room is joined: evaluating it needs a browser.
 *
 * @throws AvatarError `invalid-options`
 *
 * @example
 * ```ts
 * import { agoraChannel } from 'visavis/agora';
 * const session = createAvatarSession({ grant: '/api/avatar', channel: agoraChannel({ codec: 'h264' }) });
 * ```
 */
export function agoraChannel(options: AgoraChannelOptions = {}): Channel {
  assertChannelOptions(options);
  if (options.encryption) assertEncryption(options.encryption);
  return {
    kind: 'agora',
    async preload() {
      assertWebRtc();
      await loadSdk();
    },
    async join(joinOptions) {
      assertWebRtc();
      const sdk = await loadSdk();
      applyPageSettings(sdk, options);
      return createRoomChannel(sdk, options).join(joinOptions);
    },
  };
}

function createRoomChannel(sdk: IAgoraRTC, options: AgoraChannelOptions): Channel {
  const { client, codec = 'vp8', aiClientMode = false, encryption, dualStream, volumeIndicatorIntervalMs } = options;
  const config = { mode: 'rtc', codec, ...(aiClientMode ? { aiClientMode } : {}) } as const;
  const engine = createSdkEngine(sdk, {
    createClient: () => client ?? sdk.createClient(config),
    encoderConfig: encoderOf(options.audioProfile),
  });
  return createAgoraChannel(engine, {
    encryption,
    dualStream,
    volumeIndicatorIntervalMs,
    shortcoming:
      aiClientMode && !client && lacksAiClientMode(sdk.VERSION)
        ? `aiClientMode was left out: the page has Agora SDK ${sdk.VERSION}, and it came with 4.24.8. The sound takes the usual path.`
        : undefined,
  });
}

/** Settings that the SDK keeps for the whole page. */
function applyPageSettings(sdk: IAgoraRTC, { area, logLevel, uploadLogs = false }: AgoraChannelOptions): void {
  if (uploadLogs) sdk.enableLogUpload();
  else sdk.disableLogUpload();
  if (logLevel) sdk.setLogLevel(LOG_LEVELS[logLevel]);
  if (area) sdk.setArea([area].flat() as AREAS[]); // the enum's own values
}

function encoderOf(profile: AgoraChannelOptions['audioProfile']) {
  if (typeof profile !== 'object') return profile;
  const { sampleRateHz, stereo, bitrateKbps } = profile;
  return {
    ...(sampleRateHz === undefined ? {} : { sampleRate: sampleRateHz }),
    ...(stereo === undefined ? {} : { stereo }),
    ...(bitrateKbps === undefined ? {} : { bitrate: bitrateKbps }),
  };
}
