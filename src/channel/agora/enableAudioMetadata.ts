import type { IAgoraRTC } from 'agora-rtc-react';
import { AvatarError } from '../../errors/AvatarError.js';
import { loadSdk } from './loadSdk.js';

export interface AudioMetadataSwitches {
  /** Bytes that travel inside the encoded sound. Default true. */
  readonly metadata?: boolean;
  /** The sender's presentation times of the sound. Default false. */
  readonly pts?: boolean;
}

/** What the SDK hides from its d.ts; read in the bundle of agora-rtc-react 2.5.1, SDK 4.24.2. */
interface HiddenParameters {
  setParameter?(key: string, value: unknown): void;
  getParameter?(key: string): unknown;
}

/**
 * Switches bytes inside the encoded sound on, for every Agora client that the page makes afterwards: call it before a session starts.
 * Then see `createAudioMetadata`.
 *
 * Agora documents none of this, and supports it for nobody. It needs encoded transforms, which the SDK takes from Chrome 87, Safari
 * 15.4 and Firefox 117 on, and in no browser whose user agent names no version of the system, such as Chrome on Linux.
 *
 * @throws AvatarError `not-ready` where the SDK does not know it, `channel-failed`
 */
export async function enableAudioMetadata(
  { metadata = true, pts = false }: AudioMetadataSwitches = {},
  load: () => Promise<Partial<IAgoraRTC> & HiddenParameters> = loadSdk,
): Promise<void> {
  const sdk = await load();
  // ENABLE_AUDIO_PTS_METADATA, which samples on the web set, is no key of the SDK.
  for (const [key, value] of [['ENABLE_AUDIO_METADATA', metadata], ['ENABLE_AUDIO_PTS', pts]] as const) {
    sdk.setParameter?.(key, value);
    // A key that it does not know is ignored without a word.
    if (sdk.getParameter?.(key) !== value) {
      throw new AvatarError('not-ready', { message: `This Agora SDK does not know ${key}. Use a data message instead.`, retryable: false, context: { key } });
    }
  }
}
