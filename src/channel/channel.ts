import type { Clock } from '../clock/clock.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { ChannelGrant } from '../grant/grant.js';

/** The avatar's picture as it arrives. */
export interface RemoteVideo {
  readonly mediaStreamTrack: MediaStreamTrack;
  /** Shows the picture inside `container` and fills it; the returned function takes it out again. */
  attach(container: HTMLElement): () => void;
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
  | { readonly type: 'token-expire' }
  | { readonly type: 'error'; readonly error: AvatarError };

export interface ChannelJoinOptions {
  readonly grant: ChannelGrant;
  /** Aborts the attempt to join; a joined channel is ended with `leave()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: ChannelEvent) => void;
}

export interface ChannelConnection {
  /** Starts blocked sound. Call it from a click. */
  resumePlayback(): Promise<void>;
  setVolume(volume: number): void;
  renewToken(token: string): Promise<void>;
  /** Leaves the room and releases every track. Idempotent, never rejects. */
  leave(): Promise<void>;
  /** The vendor's client, for code that goes past this port. */
  readonly native: unknown;
}

/** Port to the room that carries the avatar's face and sound. */
export interface Channel {
  readonly kind: string;
  /** Resolves when joined; rejects with an {@link AvatarError}. */
  join(options: ChannelJoinOptions): Promise<ChannelConnection>;
}
