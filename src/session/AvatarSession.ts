import type { ChannelStats } from '../channel/channel.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { EncodePictureOptions } from '../picture/encodePicture.js';
import type { PictureSource } from '../picture/PictureSource.js';
import type { AvatarGesture, AvatarParams, ConnectionInfo, VoiceImage } from '../services/service.js';
import type { Streamed } from '../streams/readItems.js';
import type { TurnMode } from '../turn-taking/detector/TurnDetectorEvent.js';
import type { SessionLatency, TurnMetrics } from './latency/TurnMetrics.js';
import type { ExportLogOptions, SessionLog } from './log/SessionLog.js';
import type { SessionState } from './state.js';

/** What `session.on` delivers, by event name. */
export interface SessionEventMap {
  'state-change': { readonly state: SessionState };
  /** The avatar service's socket is open and confirmed. */
  'avatar-connect': Record<string, never>;
  'avatar-disconnect': { readonly error: AvatarError | null };
  /** The avatar has joined the channel. */
  'avatar-join': { readonly channelId: string };
  /** Every message of the avatar service, known or not, as parsed. */
  'avatar-message': { readonly message: unknown };
  /** The voice service takes audio. */
  'voice-connect': Record<string, never>;
  'voice-disconnect': { readonly error: AvatarError | null };
  /** Every message of the voice service that is not speech, known or not. */
  'voice-message': { readonly message: unknown };
  /** A data message from the channel. */
  'channel-message': { readonly uid: number; readonly payload: Uint8Array };
  /** How loud everybody in the room is, 0 to 1. Sent by channels that were told to measure it. */
  'channel-volume': { readonly levels: readonly { readonly uid: number; readonly level: number }[] };
  /** The avatar itself says that it begins or has ceased to speak. */
  'avatar-speaking': { readonly speaking: boolean };
  /** The avatar is to be heard, and for some seconds no sound has come from it; or it is heard again, or was not to be any more. */
  'avatar-silence': { readonly silent: boolean };
  /** The user has begun to speak: the utterance so far, Int16Array [samples], mono, 16 kHz. */
  'speech-start': { readonly samples: Int16Array };
  /** The user has finished: the whole utterance, Int16Array [samples], mono, 16 kHz; `truncated` when it was too long to be kept. */
  'speech-end': { readonly samples: Int16Array; readonly truncated: boolean };
  /** What had begun as speech was too short to be any. */
  'speech-misfire': Record<string, never>;
  /** The first sign of the user's voice while the other side speaks: its sound is lowered. */
  'barge-in-duck': Record<string, never>;
  /** It was nothing: the sound comes back. */
  'barge-in-release': Record<string, never>;
  /** The user interrupts; `interrupt` follows. */
  'barge-in': { readonly by: 'voice' | 'transcript' | 'push-to-talk' };
  /** Something of a turn has been measured. */
  'latency-change': { readonly latency: SessionLatency };
  /** A turn is over: what its parts took. */
  'turn-metrics': { readonly metrics: TurnMetrics };
  interrupt: { readonly turnId: number };
  /** The connection was lost and is back. `lostAudioMs` is what the user said in between that reached no avatar. */
  recover: { readonly lostAudioMs: number; readonly downtimeMs: number };
  /** Something went wrong. The session may go on: look at the state. */
  error: { readonly error: AvatarError };
}

/**
 * Something to be said: Int16Array [samples]; a sound file; text; or a stream of samples or of text, cut anywhere.
 * Text needs a service that has a voice of its own: a `pipeline`, or a hosted avatar in its retelling mode.
 */
export type Speech = Int16Array | Blob | Streamed<Int16Array> | Streamed<string>;

export interface SpeakOptions {
  /** Rate of the samples; converted when it is not what the service takes. Default 16,000. A file and text have none. */
  readonly sampleRateHz?: number;
  /** 1 (default), or 2 for interleaved stereo, which is mixed down. */
  readonly channels?: 1 | 2;
  /** Cuts it short. */
  readonly signal?: AbortSignal;
}

export interface SpeakResult {
  /** True when an interrupt, `end()` or the signal cut it short. */
  readonly interrupted: boolean;
  /** Milliseconds that were sent to the avatar, without what a congested connection dropped; null for text, whose length only the service knows. */
  readonly sentMs: number | null;
}

export interface StartOptions {
  /** False: this time the session does not open the microphone, and nobody is asked for it. The user listens, and may turn it on later. Default true. */
  readonly microphone?: boolean;
}

/** One conversation in one page. Made by `createAvatarSession`; holds no React. */
export interface AvatarSession {
  /**
   * Connects. Idempotent: a second call joins the first.
   * Rejects with the `AvatarError` that is then in the state, or with `session-ended` when `end()` came first.
   */
  start(options?: StartOptions): Promise<void>;
  /**
   * Loads what `start()` needs, when a start is likely: as `StartButton` does when the pointer or the focus comes to it. Opens nothing and
   * asks nobody. A start without it loads the same; a start after it begins in the very task that calls it.
   * @throws AvatarError `load-failed`; a later call, or a start, tries again
   */
  preload(): Promise<void>;
  /** Ends and releases everything. Idempotent, never rejects. A later `start()` begins anew. */
  end(): Promise<void>;
  /**
   * Makes the avatar say something. Sent at speaking pace, one after the other; resolves when all is sent or cut short.
   * A stream that throws rejects with what it threw.
   * @throws AvatarError `audio-invalid`, `not-ready`, and `invalid-options` for a rate that cannot be converted
   */
  speak(speech: Speech, options?: SpeakOptions): Promise<SpeakResult>;
  /**
   * Silences the avatar, drops what is still to be said and raises the turn. Does nothing when not live.
   * Resolves when the service has acknowledged; the room is silent at once and until then.
   * @throws AvatarError `avatar-timeout`, `avatar-refused`, `connection-lost`
   */
  interrupt(): Promise<void>;
  /** Says something on the user's behalf. Rejects with `not-ready` without a voice service or a hosted avatar that takes text. */
  sendText(text: string): Promise<void>;
  /** Makes the avatar move. Rejects with `not-ready` without an avatar that has gestures. */
  act(gesture: AvatarGesture): Promise<void>;
  /**
   * Shows the voice service a picture: an encoded one as it is, anything else as `encodePicture` makes it.
   * @throws AvatarError `not-ready` without a voice service that can see, `rate-limited`, `connection-lost`, and as `encodePicture`
   */
  sendImage(image: VoiceImage | PictureSource, options?: EncodePictureOptions): Promise<void>;
  /**
   * Adds to the parameters: at once when the avatar is connected, else with the next connection. Refused ones are forgotten.
   * @throws AvatarError `avatar-refused`, `avatar-timeout`, `connection-lost`
   */
  setParams(params: AvatarParams): Promise<void>;
  /** Plays sound that the browser has blocked. Call it from a click. */
  resumeSound(): Promise<void>;
  /**
   * @param volume 0 to 1
   * @throws AvatarError `invalid-options` when it is not a number
   */
  setVolume(volume: number): void;
  /**
   * Chooses the output device, now and for the rest of the page's life.
   * @param deviceId of an `audiooutput` device; an empty string for the system's default.
   * @throws AvatarError `sound-unavailable` where the browser lets no page choose, or the device is gone; the one before stays
   */
  setSpeaker(deviceId: string): Promise<void>;
  /** The microphone; its own start, stop, mute, level and frames. */
  readonly microphone: AudioStream;
  /**
   * How loud the assistant speaks, 0 to 1 (RMS, before the volume), up to 50 times a second and 0 once when it ends. An avatar's
   * sound is measured only while somebody listens.
   */
  subscribeSpeechLevel(listener: (level: number) => void): () => void;
  /** True when there is a face to see; false when the session speaks from the page alone. */
  readonly usesAvatar: boolean;
  /** True when the session opens the microphone by itself on `start()`. */
  readonly usesMicrophone: boolean;
  /** True when one of its services answers text: `sendText` can succeed once the session is live. */
  readonly takesText: boolean;
  getConnectionInfo(): ConnectionInfo | null;
  /** What the turns of this session took so far. */
  getLatency(): SessionLatency;
  /** What interrupts the other side; null in a session that takes no turns. */
  getTurnMode(): TurnMode | null;
  /**
   * Chooses what interrupts the other side.
   * @throws AvatarError `not-ready` in a session that takes no turns, `invalid-options`
   */
  setTurnMode(mode: TurnMode): void;
  /**
   * In the mode `push-to-talk`: the button is held, and the user is heard; or it was let go.
   * @throws AvatarError `not-ready` in a session that takes no turns
   */
  setTalking(talking: boolean): void;
  /** How the channel's connection does just now; null while not joined. */
  getChannelStats(): Promise<ChannelStats | null>;
  /** The channel's own client (Agora's `IAgoraRTCClient`), null while not joined. */
  getChannelClient(): unknown;
  /**
   * The black box: what happened to this session lately, over all its starts, as JSON that may be sent to whoever looks after the
   * application. At most 500 events and 256 KB; no tickets, tokens, keys, queries of addresses or sound. `replayLog` makes the same states
   * of it again.
   *
   * @example
   * ```ts
   * await fetch('/support', { method: 'POST', body: JSON.stringify(await session.exportLog({ logText: false })) });
   * ```
   */
  exportLog(options?: ExportLogOptions): Promise<SessionLog>;
  on<K extends keyof SessionEventMap>(type: K, listener: (event: SessionEventMap[K]) => void): () => void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): SessionState;
  /**
   * Counts a user of this session; when the last one releases it, the session ends 100 ms later. Until it has left, for 5 s more
   * at most, other sessions of the page that start wait with their grant and their room: no page is in two rooms by a change of key.
   */
  retain(): () => void;
}
