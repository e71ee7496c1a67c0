import type { MicrophoneState } from '../audio/microphoneState.js';
import type { RemoteAudio, RemoteVideo } from '../channel/channel.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { SessionState } from './state.js';
import type { TranscriptNews } from './transcript.js';

/** What a session is made of while it runs. Each is opened when what it needs is there. */
export type SessionPart = 'grant' | 'microphone' | 'channel' | 'avatar' | 'voice';

/** What happens to a session, as its rules hear of it. */
export type SessionEvent =
  /** `unused`: the parts that this session does without. */
  | { readonly type: 'start'; readonly unused: readonly SessionPart[] }
  | { readonly type: 'end' }
  | { readonly type: 'teardown-finish' }
  | { readonly type: 'part-open'; readonly part: SessionPart }
  /** A part could not be opened, or was lost afterwards. */
  | { readonly type: 'part-fail'; readonly part: SessionPart; readonly error: AvatarError }
  | { readonly type: 'retry-due' }
  | { readonly type: 'connection-hold' }
  | { readonly type: 'session-name'; readonly sessionId: string; readonly endsAt: number | null }
  | { readonly type: 'speaker-change'; readonly speakerId: string }
  | { readonly type: 'volume-change'; readonly volume: number }
  /** The answer to `announce-live`. Milliseconds since the epoch. */
  | { readonly type: 'live-note'; readonly atMs: number }
  /** How far the vendor is with preparing the avatar. */
  | { readonly type: 'avatar-progress'; readonly stage: NonNullable<SessionState['progress']> }
  | { readonly type: 'room-change'; readonly room: SessionState['room'] }
  | { readonly type: 'network-change'; readonly network: NonNullable<SessionState['network']> }
  | { readonly type: 'microphone-change'; readonly microphone: MicrophoneState }
  | { readonly type: 'video-change'; readonly video: RemoteVideo | null }
  | { readonly type: 'audio-change'; readonly audio: RemoteAudio | null }
  | { readonly type: 'playback-block' }
  | { readonly type: 'playback-start' }
  | { readonly type: 'turn-raise' }
  | ({ readonly type: 'transcript' } & TranscriptNews)
  | { readonly type: 'input-hold'; readonly held: boolean }
  /** By the turn detector. */
  | { readonly type: 'user-speaking'; readonly speaking: boolean }
  | { readonly type: 'speaking-change'; readonly speaking: boolean }
  /** The avatar is to be heard and is not, or is heard again. */
  | { readonly type: 'silence-change'; readonly silent: boolean }
  | { readonly type: 'audio-lose'; readonly lostMs: number };
