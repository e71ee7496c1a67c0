import type { LoopbackAudioTrack, LoopbackVideoTrack } from './createRemoteTracks.js';
import type { Media } from './messages.js';
import type { LoopbackAudioStats, LoopbackRoomStats, LoopbackVideoStats } from './readRoomStats.js';

export type LoopbackConnectionState = 'DISCONNECTED' | 'CONNECTING' | 'RECONNECTING' | 'CONNECTED' | 'DISCONNECTING';

/** A member of the room, as `IAgoraRTCRemoteUser`. */
export interface LoopbackUser {
  readonly uid: number;
  hasAudio: boolean;
  hasVideo: boolean;
  audioTrack: LoopbackAudioTrack | undefined;
  videoTrack: LoopbackVideoTrack | undefined;
}

/** What is published: a track as `ILocalTrack`. */
export interface LoopbackLocalTrack {
  readonly trackMediaType: Media;
  getMediaStreamTrack(): MediaStreamTrack;
}

/** Events by name, with what a listener is called with. */
export interface LoopbackEvents {
  'connection-state-change': [current: LoopbackConnectionState, previous: LoopbackConnectionState, reason?: string];
  'user-joined': [user: LoopbackUser];
  'user-left': [user: LoopbackUser, reason: string];
  'user-published': [user: LoopbackUser, mediaType: Media];
  'user-unpublished': [user: LoopbackUser, mediaType: Media];
  'stream-message': [uid: number, payload: Uint8Array];
  'token-privilege-will-expire': [];
  'token-privilege-did-expire': [];
  'network-quality': [quality: { uplinkNetworkQuality: number; downlinkNetworkQuality: number }];
  /** `level` 0 to 100, this page's own under its own uid. */
  'volume-indicator': [levels: { uid: number; level: number }[]];
}

/** A listener for a name that the loopback never emits is accepted and never called. */
export type LoopbackListener = (...values: never[]) => void;

/** A user by object or by uid, as the SDK takes it. */
export type UserReference = { readonly uid: number | string } | number | string;

/**
 * `IAgoraRTCClient` over an emulator's room: real WebRTC, no vendor, no internet.
 * It implements the members that visavis and agora-rtc-react touch.
 */
export interface LoopbackClient {
  readonly mode: 'rtc';
  readonly role: 'host';
  readonly connectionState: LoopbackConnectionState;
  readonly channelName: string | undefined;
  readonly uid: number | undefined;
  readonly remoteUsers: LoopbackUser[];
  readonly localTracks: LoopbackLocalTrack[];
  join(appId: string, channel: string, token: string | null, uid?: number | string | null): Promise<number>;
  leave(): Promise<void>;
  publish(tracks: LoopbackLocalTrack | readonly LoopbackLocalTrack[]): Promise<void>;
  unpublish(tracks?: LoopbackLocalTrack | readonly LoopbackLocalTrack[]): Promise<void>;
  subscribe(user: UserReference, mediaType: Media): Promise<LoopbackAudioTrack | LoopbackVideoTrack>;
  unsubscribe(user: UserReference, mediaType?: Media): Promise<void>;
  renewToken(token: string): Promise<void>;
  sendStreamMessage(payload: string | Uint8Array): Promise<void>;
  /** Emits `volume-indicator` until the room is left. */
  enableAudioVolumeIndicator(): void;
  getRTCStats(): LoopbackRoomStats;
  /** By uid. */
  getRemoteAudioStats(): Record<string, LoopbackAudioStats>;
  getRemoteVideoStats(): Record<string, LoopbackVideoStats>;
  on(event: string, listener: LoopbackListener): void;
  off(event: string, listener: LoopbackListener): void;
}
