import { initialMicrophoneState } from '../../src/audio/microphoneState.js';
import type { RemoteAudio, RemoteVideo } from '../../src/channel/channel.js';
import { AvatarError, type AvatarErrorReason } from '../../src/errors/AvatarError.js';
import type { SessionEvent, SessionPart } from '../../src/session/SessionEvent.js';

export const PARTS: readonly SessionPart[] = ['grant', 'microphone', 'channel', 'avatar', 'voice'];

/** What each way of wiring a session does without. */
export const WIRINGS = {
  composed: [],
  puppet: ['voice'],
  driven: ['voice', 'microphone'],
  listening: ['microphone'],
  'voice only': ['avatar', 'channel'],
  /** Voice only, and without a server. */
  alone: ['grant', 'avatar', 'channel'],
} as const satisfies Readonly<Record<string, readonly SessionPart[]>>;

// Nothing in the reducer looks inside of them.
const VIDEO = { mediaStreamTrack: null } as unknown as RemoteVideo;
const AUDIO = { mediaStreamTrack: null } as unknown as RemoteAudio;

const failure = (reason: AvatarErrorReason, context = {}): AvatarError => new AvatarError(reason, { message: reason, context });
const FAILURES: readonly AvatarError[] = [failure('connection-lost'), failure('avatar-refused'), failure('channel-token-expired'), failure('rate-limited', { retryAfterMs: 5_000 })];
const MICROPHONE_FAILED = failure('microphone-unplugged');

type EventsByType = { readonly [Type in SessionEvent['type']]: readonly Extract<SessionEvent, { type: Type }>[] };

const EVENTS: EventsByType = {
  start: Object.values(WIRINGS).map((unused) => ({ type: 'start', unused })),
  end: [{ type: 'end' }],
  'teardown-finish': [{ type: 'teardown-finish' }],
  'part-open': PARTS.map((part) => ({ type: 'part-open', part })),
  'part-fail': PARTS.flatMap((part) => FAILURES.map((error) => ({ type: 'part-fail', part, error }))),
  'retry-due': [{ type: 'retry-due' }],
  'connection-hold': [{ type: 'connection-hold' }],
  'session-name': [{ type: 'session-name', sessionId: 's-1', endsAt: 1_000 }],
  'speaker-change': [{ type: 'speaker-change', speakerId: 'speaker-1' }],
  'volume-change': [{ type: 'volume-change', volume: 0.5 }],
  'live-note': [{ type: 'live-note', atMs: 1 }],
  'avatar-progress': [{ type: 'avatar-progress', stage: 'queueing' }, { type: 'avatar-progress', stage: 'processing' }],
  'room-change': [{ type: 'room-change', room: 'joined' }, { type: 'room-change', room: 'reconnecting' }],
  'network-change': [{ type: 'network-change', network: { uplink: 1, downlink: 2 } }],
  'microphone-change': [
    { type: 'microphone-change', microphone: { ...initialMicrophoneState, status: 'on' } },
    { type: 'microphone-change', microphone: { ...initialMicrophoneState, status: 'failed', error: MICROPHONE_FAILED } },
  ],
  'video-change': [{ type: 'video-change', video: VIDEO }, { type: 'video-change', video: null }],
  'audio-change': [{ type: 'audio-change', audio: AUDIO }, { type: 'audio-change', audio: null }],
  'playback-block': [{ type: 'playback-block' }],
  'playback-start': [{ type: 'playback-start' }],
  'turn-raise': [{ type: 'turn-raise' }],
  transcript: [
    { type: 'transcript', role: 'user', text: 'Hello', final: false },
    { type: 'transcript', role: 'user', text: 'Hello.', final: true },
    { type: 'transcript', role: 'assistant', text: 'Good', final: false },
    { type: 'transcript', role: 'assistant', text: 'Good day.', final: true },
  ],
  'input-hold': [{ type: 'input-hold', held: true }, { type: 'input-hold', held: false }],
  'user-speaking': [{ type: 'user-speaking', speaking: true }, { type: 'user-speaking', speaking: false }],
  'speaking-change': [{ type: 'speaking-change', speaking: true }, { type: 'speaking-change', speaking: false }],
  'silence-change': [{ type: 'silence-change', silent: true }, { type: 'silence-change', silent: false }],
  'audio-lose': [{ type: 'audio-lose', lostMs: 20 }],
};

/** Every event there is, with every value that makes a difference. A new type of event has to be added for this file to compile. */
export const SESSION_ALPHABET: readonly SessionEvent[] = Object.values(EVENTS).flat();
