/**
 * The members of Agora's `IAgoraRTCClient` that the adapter touches.
 * Agora's own client satisfies it, and so does the loopback client, which adds what agora-rtc-react touches.
 *
 * @see https://api-ref.agora.io/en/video-sdk/web/4.x/interfaces/iagorartcclient.html
 */
export interface AgoraClient {
  readonly connectionState: AgoraConnectionState;
  readonly remoteUsers: AgoraRemoteUser[];
  readonly uid?: number | string;
  join(appId: string, channel: string, token: string | null, uid?: number | string | null): Promise<number | string>;
  leave(): Promise<void>;
  subscribe(uid: number | string, mediaType: 'audio' | 'video'): Promise<AgoraRemoteTrack>;
  renewToken(token: string): Promise<void>;
  on<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void;
  off<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void;
}

export type AgoraConnectionState = 'DISCONNECTED' | 'CONNECTING' | 'RECONNECTING' | 'CONNECTED' | 'DISCONNECTING';

/** Events that the adapter listens to. */
export interface AgoraClientEvents {
  'connection-state-change': (current: AgoraConnectionState, previous: AgoraConnectionState, reason?: string) => void;
  'user-joined': (user: AgoraRemoteUser) => void;
  'user-left': (user: AgoraRemoteUser, reason: string) => void;
  'user-published': (user: AgoraRemoteUser, mediaType: 'audio' | 'video') => void;
  'user-unpublished': (user: AgoraRemoteUser, mediaType: 'audio' | 'video') => void;
  'stream-message': (uid: number | string, payload: Uint8Array) => void;
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
}

/** What makes clients, and what a page needs when the browser blocks their sound. */
export interface AgoraEngine {
  createClient(): AgoraClient;
  /** Calls back when the browser refuses to play a client's sound. */
  onAutoplayFailed(listener: () => void): () => void;
  /** Plays what was refused. Call it from a click. */
  resume(): Promise<void>;
}
