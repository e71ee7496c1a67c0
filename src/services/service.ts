import type { AudioBypass } from '../audio/AudioBypass.js';
import type { MicrophoneGate } from '../audio/MicrophoneGate.js';
import type { Clock } from '../clock/clock.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { Grant } from '../grant/grant.js';
import type { LeaseState } from '../grant/lease.js';

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
  /** Whether an avatar that thinks for itself repeats what it is sent, or answers it. */
  readonly mode?: 'retelling' | 'dialogue';
  /** Address of a voice sample, in place of `voiceId`. */
  readonly voiceUrl?: string;
  /** 0.8 to 1.2 */
  readonly speed?: number;
  /** How words are pronounced, by word. */
  readonly pronunciations?: Readonly<Record<string, string>>;
  /** Language that the user speaks. */
  readonly speechLanguage?: string;
  /** How the service tells that the user has finished. */
  readonly turnDetection?: {
    readonly type?: 'server' | 'semantic';
    /** 0 to 1 */
    readonly threshold?: number;
    readonly prefixPaddingMs?: number;
    readonly silenceDurationMs?: number;
  };
}

/** Something that an avatar does with its body. Names are the service's own. */
export interface AvatarGesture {
  readonly action?: string;
  readonly expression?: string;
}

/** What an avatar service may use of the room in which its avatar appears. */
export interface AvatarRoom {
  /** Who in the room is the avatar; null while it is not there. */
  readonly avatarUid: number | null;
  /** As `ChannelConnection.send`. */
  send(payload: Uint8Array<ArrayBuffer>): Promise<void>;
  subscribe(listener: (event: AvatarRoomEvent) => void): () => void;
}

export type AvatarRoomEvent =
  | { readonly type: 'message'; readonly uid: number; readonly payload: Uint8Array }
  | { readonly type: 'avatar-join'; readonly uid: number }
  | { readonly type: 'avatar-leave'; readonly uid: number }
  /** The room is gone. Nothing follows; a service that lives in it ends its connection with this error. */
  | { readonly type: 'disconnect'; readonly error: AvatarError };

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
  /** How far the vendor is with preparing the avatar; before `join`. */
  | { readonly type: 'progress'; readonly stage: 'queueing' | 'processing' }
  /** The avatar itself says that it begins or has ceased to speak. */
  | { readonly type: 'speaking'; readonly speaking: boolean }
  /** As in {@link VoiceServiceEvent}, from an avatar that hears and thinks for itself. */
  | { readonly type: 'transcript'; readonly role: 'user' | 'assistant'; readonly text: string; readonly final: boolean }
  /** A ready connection ended without `close()`. Not followed by any other event. `unsentAudioMs` was taken but never left. */
  | { readonly type: 'disconnect'; readonly error: AvatarError; readonly unsentAudioMs: number }
  /** Sound that the connection had taken was dropped since, because the network could not keep up. */
  | { readonly type: 'audio-lose'; readonly lostMs: number }
  /** The service reported something that did not end the connection. */
  | { readonly type: 'error'; readonly error: AvatarError }
  /** Every message as it was parsed, known or not. */
  | { readonly type: 'message'; readonly message: unknown };

export interface AvatarConnectOptions {
  readonly grant: Grant;
  readonly params: AvatarParams;
  /** Resolves with the room once it is joined. It may be asked for at any time and by any service. */
  readonly room: () => Promise<AvatarRoom>;
  /** Keeps the vendor's session, and tells how it is; null where the grant has no lease, or none can be asked. */
  readonly keepLease: (() => Promise<LeaseState>) | null;
  /** Aborts the attempt to connect; a ready connection is ended with `close()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Ways past the page, for a connection with a thread of its own. Null or left out: the page carries all sound. */
  readonly bypass?: AudioBypass | null;
  readonly onEvent: (event: AvatarServiceEvent) => void;
}

/** A way for speech on which it is known at its end what has been dropped of it. */
export interface SpeechLine {
  /**
   * Queues samples in the connection's format. Copies what it keeps.
   * @returns milliseconds of audio that were dropped, as far as known at once
   */
  send(samples: Int16Array): number;
  /** Resolves when all that was given to `send` is sent or dropped: milliseconds that were dropped since the last time, and told to nobody. */
  settle(): Promise<number>;
}

/** One live connection. All methods are safe to call after it has ended; they then do nothing or reject with `connection-lost`. */
export interface AvatarConnection {
  /** What {@link AvatarConnection.sendAudio} takes; null where the avatar hears through the room alone. */
  readonly inputFormat: PcmFormat | null;
  /** The connection takes the microphone straight from the audio thread, and this says when; absent where `sendAudio` is to be called for it. */
  readonly microphone?: MicrophoneGate;
  /**
   * Queues samples in {@link AvatarConnection.inputFormat}. Copies what it keeps.
   * @returns milliseconds of audio that were dropped because the socket is congested; 0 normally.
   */
  sendAudio(samples: Int16Array): number;
  /** Takes speech in the place of `sendAudio` where what is dropped is known only later. */
  readonly speech?: SpeechLine;
  /** Sends audio that is still waiting for a full chunk. */
  flushAudio(): void;
  /** Drops audio that is not yet sent and makes the avatar fall silent; resolves when the service has acknowledged. */
  interrupt(): Promise<void>;
  setParams(params: AvatarParams): Promise<void>;
  /** Says something on the user's behalf, to be answered. Absent where the avatar does not think for itself. */
  sendText?(text: string): Promise<void>;
  /**
   * Says text in the avatar's own voice, as it comes. Resolves when all is handed over; an abort cuts it short and is no error.
   * Absent where the service has no voice of its own.
   */
  sayText?(text: AsyncIterable<string>, options: { readonly signal: AbortSignal }): Promise<void>;
  /** Absent where the avatar has no gestures. */
  act?(gesture: AvatarGesture): Promise<void>;
  info(): ConnectionInfo;
  /** Takes leave and closes; resolves when the socket is gone. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** Port to something that takes speech and returns a talking face. */
export interface AvatarService {
  readonly kind: string;
  /** What the session route should know when it grants this service. */
  readonly grantRequest: Readonly<Record<string, unknown>>;
  /** How it hears the user: `samples` through its own connection (default), or the microphone as a track in the `room`. */
  readonly hears?: 'samples' | 'room';
  /** True when its connections have `sendText`. Default false. */
  readonly takesText?: boolean;
  /** Loads what `connect` needs, as soon as a start is likely. Opens nothing. A load that fails is tried again by `connect`. */
  preload?(): Promise<unknown>;
  /** Resolves when the avatar is in the channel and takes audio; rejects with an {@link AvatarError}. */
  connect(options: AvatarConnectOptions): Promise<AvatarConnection>;
}

export type VoiceServiceEvent =
  | { readonly type: 'connect' }
  /** Speech to be heard, in order: Int16Array [samples], mono. Copy what you keep. */
  | { readonly type: 'speech'; readonly samples: Int16Array; readonly sampleRateHz: number }
  /** The same, where the connection itself has it played: by {@link AudioBypass.subscribePlayback}. */
  | { readonly type: 'speech-pass' }
  /** Everything of the present reply has been delivered; sent by services that say so. */
  | { readonly type: 'speech-end' }
  /**
   * The service heard the user begin to speak: what it has delivered so far must fall silent, what follows belongs to a new turn.
   * `isCleared`: the connection has cleared the playback itself, and it may hold the new turn's speech already.
   */
  | { readonly type: 'interrupt'; readonly isCleared?: boolean }
  /**
   * What was understood or is being said. `final` is false while it may still change; `text` is then the whole text so far.
   * `unheard` comes with the final text of a reply that was cut short: what would have followed.
   */
  | { readonly type: 'transcript'; readonly role: 'user' | 'assistant'; readonly text: string; readonly final: boolean; readonly unheard?: string }
  /** A ready connection ended without `close()`. Not followed by any other event. */
  | { readonly type: 'disconnect'; readonly error: AvatarError; readonly unsentAudioMs: number }
  /** Sound that the connection had taken was dropped since, because the network could not keep up. */
  | { readonly type: 'audio-lose'; readonly lostMs: number }
  | { readonly type: 'error'; readonly error: AvatarError }
  | { readonly type: 'message'; readonly message: unknown };

export interface VoiceConnectOptions {
  readonly grant: Grant;
  /** Aborts the attempt to connect; a ready connection is ended with `close()`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Ways past the page, for a connection with a thread of its own. Null or left out: the page carries all sound. */
  readonly bypass?: AudioBypass | null;
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
  /** The connection takes the microphone straight from the audio thread, and this says when; absent where `sendAudio` is to be called for it. */
  readonly microphone?: MicrophoneGate;
  /** As {@link AvatarConnection.sendAudio}. */
  sendAudio(samples: Int16Array): number;
  /** As {@link AvatarConnection.speech}. */
  readonly speech?: SpeechLine;
  flushAudio(): void;
  /** Says something on the user's behalf; rejects with `not-ready` where the service takes no text. */
  sendText(text: string): Promise<void>;
  /** As {@link AvatarConnection.sayText}: its speech is delivered like any other. */
  sayText?(text: AsyncIterable<string>, options: { readonly signal: AbortSignal }): Promise<void>;
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
  /** False when `sendText` of its connections can only reject. Default true. */
  readonly takesText?: boolean;
  /** Loads what `connect` needs, as soon as a start is likely. Opens nothing. A load that fails is tried again by `connect`. */
  preload?(): Promise<unknown>;
  /** Resolves when it takes audio; rejects with an {@link AvatarError}. */
  connect(options: VoiceConnectOptions): Promise<VoiceConnection>;
}
