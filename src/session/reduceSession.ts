import type { AvatarError } from '../errors/AvatarError.js';
import { waitAskedFor } from './backoffDelay.js';
import type { SessionEvent, SessionPart } from './SessionEvent.js';
import { addToTranscript, interruptTranscript } from './transcript.js';
import { initialSessionState, type SessionState, type SessionStatus } from './state.js';

/** `unused`: this session does without it. `lost`: it was there, and the session goes on without it. */
type PartStatus = 'unused' | 'closed' | 'opening' | 'open' | 'lost';

/** The whole state of a session: what the UI sees, and what drives the connection. */
export interface SessionMachine {
  readonly view: SessionState;
  readonly phase: 'idle' | 'running' | 'ending' | 'ended' | 'failed';
  readonly parts: Readonly<Record<SessionPart, PartStatus>>;
  readonly hasBeenLive: boolean;
  /** Attempts that it took to come back, until the connection has held for a while: one that never holds must not be tried for ever. */
  readonly spentAttempts: number;
  /** True until the back-off before the next attempt is over. */
  readonly waiting: boolean;
}

export type SessionEffect =
  | { readonly type: 'open'; readonly part: SessionPart }
  /** Not sooner than `notBeforeMs` from now. */
  | { readonly type: 'schedule-retry'; readonly attempt: number; readonly notBeforeMs: number }
  /** Answered by `connection-hold` when the connection has lasted a while. */
  | { readonly type: 'schedule-hold' }
  /** Close everything; answered by `teardown-finish`. */
  | { readonly type: 'teardown' }
  | { readonly type: 'announce-live' }
  | { readonly type: 'announce-recovery' }
  | { readonly type: 'announce-failure'; readonly error: AvatarError };

export interface RetryPolicy {
  /** Attempts after a loss, or after a refusal that another node may not repeat, before the session fails. A short-lived success counts as none. */
  readonly maxAttempts: number;
}

export interface Reduction {
  readonly machine: SessionMachine;
  readonly effects: readonly SessionEffect[];
}

const CLOSED: SessionMachine['parts'] = { grant: 'closed', microphone: 'closed', channel: 'closed', avatar: 'closed', voice: 'closed' };
/** What is reached over the network with what the grant gives. */
const CONNECTIONS = ['channel', 'avatar', 'voice'] as const;

/** What is seen and known while no room is joined. */
const NO_ROOM = { video: null, audio: null, sound: 'none', room: 'none', network: null, avatarSilent: false } as const;

export const initialSessionMachine: SessionMachine = {
  view: initialSessionState,
  phase: 'idle',
  parts: CLOSED,
  hasBeenLive: false,
  spentAttempts: 0,
  waiting: false,
};

/**
 * The rules of a conversation: what follows from an event, and what has to be done about it.
 * Pure: no clock, no socket, no randomness.
 */
export function reduceSession(machine: SessionMachine, event: SessionEvent, policy: RetryPolicy): Reduction {
  switch (event.type) {
    case 'start':
      if (machine.phase === 'running' || machine.phase === 'ending') return unchanged(machine);
      return advance({
        ...initialSessionMachine,
        view: { ...initialSessionState, turnId: machine.view.turnId, microphone: machine.view.microphone, speakerId: machine.view.speakerId, volume: machine.view.volume },
        phase: 'running',
        parts: { ...CLOSED, ...Object.fromEntries(event.unused.map((part) => [part, 'unused' as const])) },
      });
    case 'end':
      return machine.phase === 'running' ? stop(machine, 'ending', null) : unchanged(machine);
    case 'teardown-finish':
      return machine.phase === 'ending' ? settle({ ...machine, phase: 'ended' }) : unchanged(machine);
    case 'microphone-change':
      return machine.view.microphone === event.microphone ? unchanged(machine) : settle(see(machine, { microphone: event.microphone }));
    case 'speaker-change':
      return settle(see(machine, { speakerId: event.speakerId }));
    case 'volume-change':
      return machine.view.volume === event.volume ? unchanged(machine) : settle(see(machine, { volume: event.volume }));
    case 'turn-raise':
      return settle(see(machine, { turnId: machine.view.turnId + 1, transcript: interruptTranscript(machine.view.transcript) }));
    case 'audio-lose':
      return settle(see(machine, { lostAudioMs: machine.view.lostAudioMs + event.lostMs }));
  }
  // The rest are news from parts of a running session; after its end they come too late.
  if (machine.phase !== 'running') return unchanged(machine);
  switch (event.type) {
    case 'part-open':
      // A part that was given up meanwhile, or is not used, is none that the session could count on.
      if (machine.parts[event.part] !== 'opening') return unchanged(machine);
      return advance({ ...(event.part === 'avatar' ? see(machine, { progress: null }) : machine), parts: { ...machine.parts, [event.part]: 'open' } });
    case 'part-fail':
      // Nor one that could be lost.
      if (event.part === 'grant' ? machine.parts.grant !== 'opening' : machine.parts[event.part] === 'unused' && event.part !== 'microphone') return unchanged(machine);
      return partFailed(machine, event.part, event.error, policy);
    case 'retry-due':
      return advance({ ...machine, waiting: false });
    case 'connection-hold':
      return machine.view.status === 'live' ? settle({ ...machine, spentAttempts: 0 }) : unchanged(machine);
    case 'session-name':
      return settle(see(machine, { sessionId: event.sessionId, endsAt: event.endsAt }));
    case 'avatar-progress':
      return settle(see(machine, { progress: event.stage }));
    case 'room-change':
      return settle(see(machine, { room: event.room }));
    case 'network-change': {
      const { uplink, downlink } = event.network;
      const known = machine.view.network;
      return known?.uplink === uplink && known.downlink === downlink ? unchanged(machine) : settle(see(machine, { network: event.network }));
    }
    case 'video-change':
      return settle(see(machine, { video: event.video }));
    case 'audio-change':
      return settle(see(machine, { audio: event.audio, sound: event.audio === null ? 'none' : machine.view.sound === 'blocked' ? 'blocked' : 'playing' }));
    case 'playback-block':
      return settle(see(machine, { sound: 'blocked' }));
    case 'playback-start':
      return settle(see(machine, { sound: machine.view.audio || machine.parts.avatar === 'unused' ? 'playing' : 'none' }));
    case 'live-note':
      return settle(see(machine, { liveAt: event.atMs }));
    case 'transcript':
      return settle(see(machine, { transcript: addToTranscript(machine.view.transcript, machine.view.turnId, event) }));
    case 'input-hold':
      return settle(see(machine, { inputHeld: event.held }));
    case 'user-speaking':
      return settle(see(machine, { userSpeaking: event.speaking }));
    case 'speaking-change':
      return settle(see(machine, { speaking: event.speaking }));
    case 'silence-change':
      return settle(see(machine, { avatarSilent: event.silent && machine.view.status === 'live' }));
  }
}

function partFailed(machine: SessionMachine, part: SessionPart, error: AvatarError, policy: RetryPolicy): Reduction {
  // A microphone that goes away later takes the voice, not the session: the avatar is still there, and the user can choose another.
  if (part === 'microphone' && machine.parts.microphone !== 'opening') {
    return settle({ ...machine, parts: { ...machine.parts, microphone: 'lost' } });
  }
  const view = part === 'channel' ? NO_ROOM : { avatarSilent: false, ...(part === 'avatar' ? { progress: null } : {}) };
  // A room that was joined takes its token again: asking for a fresh grant would book another avatar beside the one that is there.
  const keepsGrant = part === 'channel' && machine.parts.channel === 'open' && error.reason !== 'channel-token-expired';
  // And one that is on its way is fresh enough: it would be asked for twice.
  const grant = keepsGrant || machine.parts.grant !== 'open' ? machine.parts.grant : ('closed' as const);
  const parts = { ...machine.parts, grant, [part]: 'closed' as const };
  // At the start a refusal by the session route or the microphone is the user's to read at once, not ours to repeat.
  const canRetry = isConnection(part) || (part === 'grant' && machine.hasBeenLive);
  const attemptsSoFar = Math.max(machine.view.attempt, machine.spentAttempts);
  if (!canRetry || !error.retryable || attemptsSoFar >= policy.maxAttempts) {
    return stop(see({ ...machine, parts }, view), 'failed', error);
  }
  const interruption = machine.view.interruption ?? error;
  if (machine.waiting) return settle(see({ ...machine, parts }, { ...view, interruption }));
  const attempt = attemptsSoFar + 1;
  return settle(see({ ...machine, parts, waiting: true }, { ...view, interruption, attempt }), [{ type: 'schedule-retry', attempt, notBeforeMs: waitAskedFor(error) }]);
}

function stop(machine: SessionMachine, phase: 'ending' | 'failed', error: AvatarError | null): Reduction {
  const view = { ...NO_ROOM, error, interruption: null, attempt: 0, progress: null, inputHeld: false, userSpeaking: false, speaking: false };
  const effects: SessionEffect[] = [{ type: 'teardown' }];
  if (error) effects.push({ type: 'announce-failure', error });
  return settle(see({ ...machine, phase, parts: CLOSED, waiting: false }, view), effects);
}

/** Opens every part whose needs are met, and notices when all are there. */
function advance(machine: SessionMachine): Reduction {
  const { parts } = machine;
  if (machine.waiting) return settle(machine);
  const microphoneIsSettled = parts.microphone !== 'closed' && parts.microphone !== 'opening';
  const isGranted = parts.grant === 'open' || parts.grant === 'unused';
  const closed = CONNECTIONS.filter((part) => parts[part] === 'closed');
  const needed: SessionPart[] = [];
  if (parts.grant === 'closed' && closed.length > 0) needed.push('grant');
  if (parts.microphone === 'closed') needed.push('microphone');
  if (isGranted && microphoneIsSettled) needed.push(...closed);
  const opening = Object.fromEntries(needed.map((part) => [part, 'opening' as const]));
  const next: SessionMachine = { ...machine, parts: { ...parts, ...opening } };
  const effects: SessionEffect[] = needed.map((part) => ({ type: 'open', part }));

  const isLive = isConnected(parts) && isGranted && microphoneIsSettled;
  if (!isLive || machine.view.status === 'live') return settle(next, effects);
  const recovered = machine.hasBeenLive;
  const view = { attempt: 0, interruption: null, recoveries: machine.view.recoveries + (recovered ? 1 : 0) };
  const live = { ...next, hasBeenLive: true, spentAttempts: machine.view.attempt };
  return settle(see(live, view), [...effects, { type: 'schedule-hold' }, { type: recovered ? 'announce-recovery' : 'announce-live' }]);
}

function see(machine: SessionMachine, patch: Partial<SessionState>): SessionMachine {
  return { ...machine, view: { ...machine.view, ...patch } };
}

function settle(machine: SessionMachine, effects: readonly SessionEffect[] = []): Reduction {
  const status = statusOf(machine);
  return { machine: status === machine.view.status ? machine : see(machine, { status }), effects };
}

function isConnection(part: SessionPart): boolean {
  return CONNECTIONS.some((connection) => connection === part);
}

function isConnected(parts: SessionMachine['parts']): boolean {
  return CONNECTIONS.every((part) => parts[part] === 'open' || parts[part] === 'unused');
}

function unchanged(machine: SessionMachine): Reduction {
  return { machine, effects: [] };
}

function statusOf({ phase, parts, hasBeenLive }: SessionMachine): SessionStatus {
  if (phase !== 'running') return phase;
  if (isConnected(parts) && hasBeenLive) return 'live';
  if (hasBeenLive) return 'reconnecting';
  return parts.grant !== 'open' && CONNECTIONS.every((part) => parts[part] === 'closed' || parts[part] === 'unused') ? 'authorizing' : 'connecting';
}
