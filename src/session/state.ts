import { initialMicrophoneState, type MicrophoneState } from '../audio/microphoneState.js';
import type { RemoteAudio, RemoteVideo } from '../channel/channel.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { TranscriptEntry } from './transcript.js';

/** Where a session is between `start()` and `end()`. */
export type SessionStatus = 'idle' | 'authorizing' | 'connecting' | 'live' | 'reconnecting' | 'ending' | 'ended' | 'failed';

/** Whether the avatar's sound can be heard. `blocked`: the browser waits for a click (autoplay policy). */
export type SoundStatus = 'none' | 'playing' | 'blocked';

/** Everything a UI needs to know of a session, except 50 Hz meters. Replaced, never mutated. */
export interface SessionState {
  readonly status: SessionStatus;
  /** Why the session failed, or null. */
  readonly error: AvatarError | null;
  /** What ended the previous connection while the session reconnects, or null. */
  readonly interruption: AvatarError | null;
  readonly sessionId: string | null;
  /** Grows by one with every interrupt, over all starts of the session. */
  readonly turnId: number;
  /** How far the vendor is with preparing a hosted avatar; null when it is ready, or does not say. */
  readonly progress: 'queueing' | 'processing' | null;
  /** The channel: `reconnecting` while it mends its own connection, which needs nobody's help. */
  readonly room: 'none' | 'joined' | 'reconnecting';
  /** How well the channel's connection carries: 1 (best) to 6 (gone), 0 while unknown. Null without a room. */
  readonly network: { readonly uplink: number; readonly downlink: number } | null;
  readonly video: RemoteVideo | null;
  readonly audio: RemoteAudio | null;
  readonly sound: SoundStatus;
  /** True while the avatar is to be heard, and for some seconds no sound has come from it. */
  readonly avatarSilent: boolean;
  /** The output device that was chosen; an empty string for the system's default. */
  readonly speakerId: string;
  /** How loud the other side is played, 0 to 1, as `setVolume` has it. */
  readonly volume: number;
  /** When the session became live for the first time since `start()`, milliseconds since the epoch; null before. */
  readonly liveAt: number | null;
  /** When the session is over in any case, milliseconds since the epoch; null where the server does not say. */
  readonly endsAt: number | null;
  readonly microphone: MicrophoneState;
  /** True from an interrupt until the user has paused: speech of the interrupted turn is not sent. */
  readonly inputHeld: boolean;
  /** True while the turn detector hears the user speak; false in sessions that do without one. */
  readonly userSpeaking: boolean;
  /** True while `speak()` is sending. */
  readonly speaking: boolean;
  /** Which attempt to connect again is under way; 0 when none is. */
  readonly attempt: number;
  /** How often the session has recovered from a lost connection. */
  readonly recoveries: number;
  /** Microphone audio that reached no avatar because the connection was lost. Milliseconds over the session. */
  readonly lostAudioMs: number;
  /** What was said by both sides, oldest first; at most 500 entries. Empty where the services send no text. */
  readonly transcript: readonly TranscriptEntry[];
}

/** The state before the first `start()`, and the one that a server renders. */
export const initialSessionState: SessionState = {
  status: 'idle',
  error: null,
  interruption: null,
  sessionId: null,
  turnId: 0,
  progress: null,
  room: 'none',
  network: null,
  video: null,
  audio: null,
  sound: 'none',
  avatarSilent: false,
  speakerId: '',
  volume: 1,
  liveAt: null,
  endsAt: null,
  microphone: initialMicrophoneState,
  inputHeld: false,
  userSpeaking: false,
  speaking: false,
  attempt: 0,
  recoveries: 0,
  lostAudioMs: 0,
  transcript: [],
};
