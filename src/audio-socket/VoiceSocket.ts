import type { MicrophoneGate } from '../audio/MicrophoneGate.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { RelayAdmission } from '../grant/grant.js';
import type { AudioSocketClose } from './openAudioSocket.js';

/** A socket to the relay that carries the user's voice one way, and perhaps a reply the other: on this thread, or in a Worker. */
export interface VoiceSocket {
  readonly runsIn: 'worker' | 'main-thread';
  /** Resolves when the relay has let it in; what is behind the relay may not be open yet. Stays pending when it never does. */
  readonly opened: Promise<void>;
  /** Resolves when the socket is gone, whoever closed. */
  readonly gone: Promise<void>;
  /** Sends a message that is no sound. */
  send(data: string | Uint8Array<ArrayBuffer>): void;
  /** Queues samples: Int16Array [samples], mono, 16 kHz. Copies what it keeps. @returns milliseconds dropped, as far as known at once */
  sendAudio(samples: Int16Array): number;
  /** As `sendAudio`, for speech: what is dropped of it is no loss of the user's voice, and told by {@link VoiceSocket.settleSpeech} alone. */
  sendSpeech(samples: Int16Array): number;
  /** Resolves when all such speech is sent or dropped: milliseconds dropped since the last time that `sendSpeech` did not tell. */
  settleSpeech(): Promise<number>;
  /** Sends a chunk that is not full. */
  flushAudio(): void;
  /** From now on silence is sent where no sound comes, if the settings say so. */
  startAudio(): void;
  /**
   * Ends the present reply: tells the vendor where it can be told, after dropping what is not sent.
   * @returns the name of the message that told it; null where there is none.
   */
  interrupt(): Promise<string | null>;
  /** Sound that waits in the socket. */
  readonly queuedMs: number;
  /** Sound that was taken and has not left: in the socket, or short of a full chunk. */
  readonly unsentAudioMs: number;
  readonly sentAudioMs: number;
  /** Null where the page gives it every frame. */
  readonly microphone: MicrophoneGate | null;
  /** Closes and stops every callback but `onClose`. Idempotent. */
  close(): void;
}

/** What can be cloned, for a Worker is given no functions. */
export interface VoiceSocketSettings<WireSettings> {
  readonly admission: Pick<RelayAdmission, 'url' | 'ticket'>;
  readonly wire: WireSettings;
  readonly chunkDurationMs: number;
  readonly maxQueuedMs: number;
  readonly fillSilence: boolean;
}

export interface VoiceSocketClose extends AudioSocketClose {
  /** Why, where it was not the socket that failed. */
  readonly error?: AvatarError;
}

export interface VoiceSocketEvents {
  /** A message that the wire leaves to the service. */
  readonly onMessage: (data: string | ArrayBuffer) => void;
  /** Speech for the page to have played: Int16Array [samples], mono. */
  readonly onSpeech: (samples: Int16Array, sampleRateHz: number) => void;
  /** Speech that went to the playback by itself. */
  readonly onSpeechPass: (durationMs: number) => void;
  /** What had gone to the playback was cleared there. */
  readonly onSpeechClear: () => void;
  /** The vendor heard the user begin to speak. `isCleared`: what had gone to the playback by itself has been cleared there. */
  readonly onInterrupt: (isCleared: boolean) => void;
  /** A turn detector had the vendor told to fall silent, by the message of this name, before the page has heard of it. */
  readonly onCut: (command: string) => void;
  /** A message was no use. */
  readonly onError: (error: AvatarError) => void;
  /** Sound was dropped that nobody was told of yet. */
  readonly onLose: (lostMs: number) => void;
  /** Called exactly once, whoever closed. */
  readonly onClose: (close: VoiceSocketClose) => void;
}
