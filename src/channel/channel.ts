import type { Clock } from '../clock/clock.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { ChannelGrant } from '../grant/grant.js';

/** The avatar's picture as it arrives. */
export interface RemoteVideo {
  readonly mediaStreamTrack: MediaStreamTrack;
  /** Shows the picture inside `container` and fills it; the returned function takes it out again. */
  attach(container: HTMLElement): () => void;
  /** Calls back once, when the next picture is shown in any of those places. Absent where that cannot be told. */
  onNextPicture?(listener: () => void): () => void;
}

/** The avatar's sound as it arrives; it plays by itself. */
export interface RemoteAudio {
  readonly mediaStreamTrack: MediaStreamTrack;
  /** @param volume 0 (silent) to 1 (as sent). */
  setVolume(volume: number): void;
}

export type ChannelEvent =
  | { readonly type: 'connect' }
  | { readonly type: 'reconnect' }
  /** The room is gone for good. */
  | { readonly type: 'disconnect'; readonly error: AvatarError }
  | { readonly type: 'video'; readonly video: RemoteVideo | null }
  | { readonly type: 'audio'; readonly audio: RemoteAudio | null }
  /** The browser refuses to play sound until a person acts. */
  | { readonly type: 'playback-block' }
  | { readonly type: 'playback-start' }
  | { readonly type: 'message'; readonly uid: number; readonly payload: Uint8Array }
  /** The avatar has come into the room, or was there when it was joined. It may not be seen yet. */
  | { readonly type: 'avatar-join'; readonly uid: number }
  | { readonly type: 'avatar-leave'; readonly uid: number }
  /** How well the connection carries, every 2 s: 1 (best) to 6 (gone), 0 while unknown. */
  | { readonly type: 'network-quality'; readonly uplink: number; readonly downlink: number }
  /** How loud everybody is, 0 to 1, as often as the channel is told to say; this page's own voice under its own uid. */
  | { readonly type: 'volume'; readonly levels: readonly { readonly uid: number; readonly level: number }[] }
  /** The token works no longer than 30 s more. */
  | { readonly type: 'token-expire' }
  | { readonly type: 'error'; readonly error: AvatarError };

export interface ChannelJoinOptions {
  readonly grant: ChannelGrant;
  /** Aborts the attempt to join; a joined channel is ended with `leave()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: ChannelEvent) => void;
}

/** Numbers of a room, as its client measures them; null where it does not say. */
export interface ChannelStats {
  readonly roundTripMs: number | null;
  /** From the avatar's microphone to this page's loudspeaker. */
  readonly audioDelayMs: number | null;
  /** 0 to 1 */
  readonly audioLossRate: number | null;
  /** 0 to 1 */
  readonly videoLossRate: number | null;
  /** Share of the time that the picture stood still, 0 to 1. */
  readonly videoFreezeRate: number | null;
  readonly sendBitsPerSecond: number | null;
  readonly receiveBitsPerSecond: number | null;
}

export interface ChannelConnection {
  /** Starts blocked sound. Call it from a click. */
  resumePlayback(): Promise<void>;
  setVolume(volume: number): void;
  /**
   * Chooses the output device, for what plays now and what will. Absent where there is nothing to choose.
   * @param deviceId of an `audiooutput` device; an empty string for the system's default.
   * @throws AvatarError `sound-unavailable`
   */
  setSpeaker?(deviceId: string): Promise<void>;
  /** @throws AvatarError `channel-failed` */
  renewToken(token: string): Promise<void>;
  /**
   * Sends a data message to everybody in the room. Messages leave in order.
   * @param payload at most 1,024 bytes
   * @throws AvatarError `message-too-large`, `message-invalid` for one that the channel would swallow, `rate-limited` while too many
   * wait for a connection that is being mended, `connection-lost`, `channel-failed`
   */
  send(payload: Uint8Array<ArrayBuffer>): Promise<void>;
  /**
   * Publishes a track: sound is mixed with what is published already, a picture takes the place of the one before. The track stays
   * the caller's: it is not stopped by the channel.
   * @returns takes the track out of the room again. Idempotent, never rejects; not needed before `leave()`.
   * @throws AvatarError `connection-lost`, `channel-failed`
   */
  publish(track: MediaStreamTrack): Promise<() => Promise<void>>;
  /** How the connection does just now. */
  getStats(): Promise<ChannelStats>;
  /** Leaves the room and releases every track. Idempotent, never rejects. */
  leave(): Promise<void>;
  /** The vendor's client, for code that goes past this port. */
  readonly native: unknown;
}

/** Port to the room that carries the avatar's face and sound. */
export interface Channel {
  readonly kind: string;
  /**
   * Loads what joining needs, before there is anything to join. Opens nothing.
   * @param room what the grant admits to, where it has come; the channel of a grant that has not is the one of most pages.
   */
  preload?(room?: ChannelGrant): Promise<unknown>;
  /** Resolves when joined; rejects with an {@link AvatarError}. */
  join(options: ChannelJoinOptions): Promise<ChannelConnection>;
}
