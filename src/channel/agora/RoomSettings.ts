import type { ChannelEncryption } from './channelEncryption.js';

/** Which of the avatar's streams is received, where it sends two. */
export interface DualStream {
  /** Default `high`. */
  readonly receive?: 'high' | 'low';
  /** What to do while the network is poor: nothing, take the low stream, or drop the picture at last. Default as Agora's: `low`. */
  readonly fallback?: 'none' | 'low' | 'audio-only';
}

/** What is set anew for each stay in a room: a client forgets it when it leaves. */
export interface RoomSettings {
  readonly encryption?: ChannelEncryption | undefined;
  readonly dualStream?: DualStream | undefined;
  /** How often levels are told. Milliseconds, 0 for never. Default 2,000, which is Agora's. */
  readonly volumeIndicatorIntervalMs?: number | undefined;
  /** Told as an `error` after each join: something that was asked for and is not to be had. */
  readonly shortcoming?: string | undefined;
}
