import type { Clock } from '../clock/clock.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { Grant } from '../grant/grant.js';

/** Layout of PCM that a service takes: interleaved signed 16-bit samples. */
export interface PcmFormat {
  readonly sampleRateHz: number;
  readonly channels: number;
}

/** How an avatar looks and sounds. Every field is optional; what is left out keeps the service's default. */
export interface AvatarParams {
  readonly voiceId?: string;
  /** BCP 47 or the vendor's code, such as `en`. */
  readonly language?: string;
  readonly backgroundUrl?: string;
}

/** Snapshot of the connection to an avatar service, for status displays and bug reports. */
export interface ConnectionInfo {
  readonly service: string;
  readonly connected: boolean;
  /** True once the avatar has joined the channel and takes audio. */
  readonly ready: boolean;
  readonly sessionId: string;
  readonly avatarId: string;
  readonly channelId: string | null;
  /** Latest application-level ping round trip in milliseconds; null before the first pong. */
  readonly roundTripMs: number | null;
  readonly sentAudioMs: number;
}

export type AvatarServiceEvent =
  | { readonly type: 'connect' }
  | { readonly type: 'join'; readonly channelId: string }
  /** A ready connection ended without `close()`. Not followed by any other event. `unsentAudioMs` was taken but never left. */
  | { readonly type: 'disconnect'; readonly error: AvatarError; readonly unsentAudioMs: number }
  /** The service reported something that did not end the connection. */
  | { readonly type: 'error'; readonly error: AvatarError }
  /** Every message as it was parsed, known or not. */
  | { readonly type: 'message'; readonly message: unknown };

export interface AvatarConnectOptions {
  readonly grant: Grant;
  readonly params: AvatarParams;
  /** Aborts the attempt to connect; a ready connection is ended with `close()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: AvatarServiceEvent) => void;
}

/** One live connection. All methods are safe to call after it has ended; they then do nothing or reject with `connection-lost`. */
export interface AvatarConnection {
  readonly inputFormat: PcmFormat;
  /**
   * Queues samples in {@link AvatarConnection.inputFormat}. Copies what it keeps.
   * @returns milliseconds of audio that were dropped because the socket is congested; 0 normally.
   */
  sendAudio(samples: Int16Array): number;
  /** Sends audio that is still waiting for a full chunk. */
  flushAudio(): void;
  /** Drops audio that is not yet sent and makes the avatar fall silent; resolves when the service has acknowledged. */
  interrupt(): Promise<void>;
  setParams(params: AvatarParams): Promise<void>;
  info(): ConnectionInfo;
  /** Takes leave and closes; resolves when the socket is gone. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** Port to something that takes speech and returns a talking face. */
export interface AvatarService {
  readonly kind: string;
  /** What the session route should know when it grants this service. */
  readonly grantRequest: Readonly<Record<string, unknown>>;
  /** Resolves when the avatar is in the channel and takes audio; rejects with an {@link AvatarError}. */
  connect(options: AvatarConnectOptions): Promise<AvatarConnection>;
}

export type VoiceServiceEvent =
  | { readonly type: 'connect' }
  /** Speech to be heard, in order: Int16Array [samples], mono. Copy what you keep. */
  | { readonly type: 'speech'; readonly samples: Int16Array; readonly sampleRateHz: number }
  /** Everything of the present reply has been delivered; sent by services that say so. */
  | { readonly type: 'speech-end' }
  /** The service heard the user begin to speak: what it has delivered so far must fall silent, what follows belongs to a new turn. */
  | { readonly type: 'interrupt' }
  /** What was understood or is being said. `final` is false while it may still change; `text` is then the whole text so far. */
  | { readonly type: 'transcript'; readonly role: 'user' | 'assistant'; readonly text: string; readonly final: boolean }
  /** A ready connection ended without `close()`. Not followed by any other event. */
  | { readonly type: 'disconnect'; readonly error: AvatarError; readonly unsentAudioMs: number }
  | { readonly type: 'error'; readonly error: AvatarError }
  | { readonly type: 'message'; readonly message: unknown };

export interface VoiceConnectOptions {
  readonly grant: Grant;
  /** Aborts the attempt to connect; a ready connection is ended with `close()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: VoiceServiceEvent) => void;
}

/** A picture that a voice service may look at. */
export interface VoiceImage {
  /** Encoded file, not raw pixels. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

/** One live connection. All methods are safe to call after it has ended; they then do nothing or reject with `connection-lost`. */
export interface VoiceConnection {
  readonly inputFormat: PcmFormat;
  /** As {@link AvatarConnection.sendAudio}. */
  sendAudio(samples: Int16Array): number;
  flushAudio(): void;
  /** Says something on the user's behalf; rejects with `not-ready` where the service takes no text. */
  sendText(text: string): Promise<void>;
  /** Rejects with `not-ready` where the service takes no pictures. */
  sendImage(image: VoiceImage): Promise<void>;
  /** The user has interrupted: nothing more of the present reply is wanted. Late speech of it must not be delivered. */
  interrupt(): Promise<void>;
  info(): ConnectionInfo;
  /** Takes leave and closes; resolves when the socket is gone. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** Port to something that hears the user and answers with speech. */
export interface VoiceService {
  readonly kind: string;
  /** What the session route should know when it grants this service; null when it needs nothing from a server. */
  readonly grantRequest: Readonly<Record<string, unknown>> | null;
  /** Resolves when it takes audio; rejects with an {@link AvatarError}. */
  connect(options: VoiceConnectOptions): Promise<VoiceConnection>;
}
