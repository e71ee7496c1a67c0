import type { AvatarErrorContext, AvatarErrorReason } from '../errors/AvatarError.js';
import type { VoiceSocketSettings } from './VoiceSocket.js';

/** What a page tells the Worker that holds its socket. */
export type VoiceSocketCommand<WireSettings> =
  | { readonly type: 'open'; readonly settings: VoiceSocketSettings<WireSettings> }
  | { readonly type: 'send'; readonly data: string | Uint8Array<ArrayBuffer> }
  | { readonly type: 'audio'; readonly samples: Int16Array<ArrayBuffer> }
  /** What is dropped of it is told by `settled`. */
  | { readonly type: 'speech'; readonly samples: Int16Array<ArrayBuffer> }
  /** Answered by `settled`, in order. */
  | { readonly type: 'settle' }
  | { readonly type: 'flush' }
  | { readonly type: 'start-audio' }
  /** Answered by `interrupted`, in order. */
  | { readonly type: 'interrupt' }
  /** @see MicrophoneReader.setOpen */
  | { readonly type: 'gate'; readonly open: boolean; readonly fromSequence: number | null }
  | { readonly type: 'hold' }
  | { readonly type: 'microphone'; readonly port: MessagePort }
  | { readonly type: 'cuts'; readonly port: MessagePort }
  | { readonly type: 'playback'; readonly port: MessagePort }
  | { readonly type: 'close' };

/** How far the sound has come. */
export interface VoiceSocketFigures {
  readonly sentAudioMs: number;
  readonly unsentAudioMs: number;
  readonly queuedMs: number;
  readonly takenSequence: number;
  /** Dropped since the socket was opened. */
  readonly lostMs: number;
}

/** An error on its way to the page; its cause stays behind. */
export interface PostedError {
  readonly reason: AvatarErrorReason;
  readonly message: string;
  readonly retryable: boolean;
  readonly context: AvatarErrorContext;
}

/** What the Worker tells the page. */
export type VoiceSocketReport =
  /** A socket has been made; it is not open yet. */
  | { readonly type: 'ready' }
  /** None could be made. */
  | { readonly type: 'failed'; readonly error: PostedError }
  | { readonly type: 'opened' }
  | { readonly type: 'message'; readonly data: string | ArrayBuffer }
  | { readonly type: 'speech'; readonly samples: Int16Array<ArrayBuffer>; readonly sampleRateHz: number }
  | { readonly type: 'speech-passed'; readonly durationMs: number }
  | { readonly type: 'speech-cleared' }
  /** The vendor heard the user. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'interrupted'; readonly command: string | null }
  /** Milliseconds of speech dropped since the last of these. */
  | { readonly type: 'settled'; readonly droppedMs: number }
  /** @see VoiceSocketEvents.onCut */
  | { readonly type: 'cut'; readonly command: string }
  | { readonly type: 'error'; readonly error: PostedError }
  /** A few times a second while sound is sent. */
  | { readonly type: 'figures'; readonly figures: VoiceSocketFigures }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly figures: VoiceSocketFigures };
