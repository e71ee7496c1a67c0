/**
 * The members of Agora's `IAgoraRTCClient` that the adapter touches.
 * Agora's own client satisfies it, and so does the loopback client, which adds what agora-rtc-react touches.
 *
 * @see https://api-ref.agora.io/en/video-sdk/web/4.x/interfaces/iagorartcclient.html
 */
export interface AgoraClient {
  readonly mode: string;
  readonly role: string;
  readonly connectionState: AgoraConnectionState;
  readonly remoteUsers: AgoraRemoteUser[];
  readonly channelName?: string | undefined;
  readonly uid?: number | string | undefined;
  join(appId: string, channel: string, token: string | null, uid?: number | string | null): Promise<number | string>;
  leave(): Promise<void>;
  subscribe(uid: number | string, mediaType: 'audio' | 'video'): Promise<AgoraRemoteTrack>;
  publish(tracks: AgoraLocalTrack[]): Promise<void>;
  unpublish(tracks: AgoraLocalTrack[]): Promise<void>;
  renewToken(token: string): Promise<void>;
  /**
   * Resolves when the gateway has taken the message. The SDK has it but hides it from its d.ts. Left at its default, the hidden
   * second argument has the SDK send again after a break of its signalling.
   */
  sendStreamMessage(payload: Uint8Array): Promise<unknown>;
  /** Forgotten by `leave()`. */
  enableAudioVolumeIndicator(): void;
  getRTCStats(): AgoraRoomStats;
  getRemoteAudioStats(): Readonly<Record<string, AgoraAudioStats | undefined>>;
  getRemoteVideoStats(): Readonly<Record<string, AgoraVideoStats | undefined>>;
  /** Only in `live` mode; in `rtc` mode the SDK throws, and the loopback client has none. */
  setClientRole?(role: 'host' | 'audience'): Promise<void>;
  /** Forgotten by `leave()`. The loopback client has none: its rooms are not encrypted beyond WebRTC's own. */
  setEncryptionConfig?(mode: AgoraEncryptionMode, secret: string, salt?: Uint8Array, encryptDataStream?: boolean): void;
  /** 0 high, 1 low. The loopback client has none: its members send one stream. */
  setRemoteVideoStreamType?(uid: number | string, streamType: 0 | 1): Promise<void>;
  /** 0 none, 1 low stream, 2 low stream and then sound alone. */
  setStreamFallbackOption?(uid: number | string, fallback: 0 | 1 | 2): Promise<void>;
  on<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void;
  off<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void;
}

export type AgoraConnectionState = 'DISCONNECTED' | 'CONNECTING' | 'RECONNECTING' | 'CONNECTED' | 'DISCONNECTING';

export type AgoraEncryptionMode =
  | 'aes-128-xts'
  | 'aes-256-xts'
  | 'aes-128-ecb'
  | 'sm4-128-ecb'
  | 'aes-128-gcm'
  | 'aes-256-gcm'
  | 'aes-128-gcm2'
  | 'aes-256-gcm2'
  | 'none';

/** Events that the adapter listens to. `exception` is not among them: its codes are hints of quality, and an idle avatar emits them all the time. */
export interface AgoraClientEvents {
  'connection-state-change': (current: AgoraConnectionState, previous: AgoraConnectionState, reason?: string) => void;
  'user-joined': (user: AgoraRemoteUser) => void;
  'user-left': (user: AgoraRemoteUser, reason: string) => void;
  'user-published': (user: AgoraRemoteUser, mediaType: 'audio' | 'video') => void;
  'user-unpublished': (user: AgoraRemoteUser, mediaType: 'audio' | 'video') => void;
  'stream-message': (uid: number | string, payload: Uint8Array) => void;
  'network-quality': (quality: { readonly uplinkNetworkQuality: number; readonly downlinkNetworkQuality: number }) => void;
  /** `level` 0 to 100, the page's own under its own uid. */
  'volume-indicator': (levels: readonly { readonly uid: number | string; readonly level: number }[]) => void;
  'crypt-error': () => void;
  'token-privilege-will-expire': () => void;
  'token-privilege-did-expire': () => void;
}

export interface AgoraRemoteUser {
  readonly uid: number | string;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly audioTrack?: AgoraRemoteAudioTrack | undefined;
  readonly videoTrack?: AgoraRemoteVideoTrack | undefined;
}

export interface AgoraRemoteTrack {
  getMediaStreamTrack(): MediaStreamTrack;
  stop(): void;
}

export interface AgoraRemoteVideoTrack extends AgoraRemoteTrack {
  play(element: string | HTMLElement): void;
}

export interface AgoraRemoteAudioTrack extends AgoraRemoteTrack {
  play(): void;
  /** @param volume 0 to 100 */
  setVolume(volume: number): void;
  /** Absent in a client of the application's own that cannot choose. */
  setPlaybackDevice?(deviceId: string): Promise<void>;
}

/** A track that is published: Agora's `ILocalTrack`. */
export interface AgoraLocalTrack {
  readonly trackMediaType: 'audio' | 'video';
  getMediaStreamTrack(): MediaStreamTrack;
}

/** From `getRTCStats`. */
export interface AgoraRoomStats {
  /** Milliseconds, 0 while unknown. */
  readonly RTT: number;
  /** Bits per second. */
  readonly SendBitrate: number;
  readonly RecvBitrate: number;
}

/** From `getRemoteAudioStats`. */
export interface AgoraAudioStats {
  /** Milliseconds, 0 while unknown. */
  readonly end2EndDelay: number;
  /** 0 to 1, NaN before the first packet. */
  readonly packetLossRate: number;
}

/** From `getRemoteVideoStats`. */
export interface AgoraVideoStats {
  /** 0 to 1, NaN before the first packet. */
  readonly packetLossRate: number;
  /** 0 to 1 */
  readonly freezeRate: number;
}
