import type { RemoteAudio, RemoteVideo } from '../../channel/channel.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { initialSessionMachine, reduceSession, type RetryPolicy, type SessionMachine } from '../reduceSession.js';
import type { SessionEvent } from '../SessionEvent.js';
import { LOG_LIMITS } from './SessionLog.js';

/** An event, and when it came: milliseconds since the ring was made. */
export interface RecordedEvent {
  readonly atMs: number;
  readonly event: SessionEvent;
}

/** What a ring holds just now. */
export interface Recording {
  readonly policy: RetryPolicy;
  /** When the ring was made, milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** What the first of the events happened to. */
  readonly base: SessionMachine;
  readonly events: readonly RecordedEvent[];
  readonly droppedEvents: number;
}

/** Remembers what happened to a session: the latest 500 events, and not much text. */
export interface SessionRing {
  record(event: SessionEvent): void;
  read(): Recording;
}

// Nobody looks inside: the reducer asks whether they are there, and the log says so. The real ones would be kept alive.
export const SEEN = { mediaStreamTrack: null, attach: () => () => undefined } as unknown as RemoteVideo; // as above
export const HEARD = { mediaStreamTrack: null, setVolume: () => undefined } as unknown as RemoteAudio; // as above

/** Makes an empty ring. Recording costs a push: what goes out is cleaned when it is asked for. */
export function createSessionRing(policy: RetryPolicy): SessionRing {
  const startedAtMs = Date.now();
  const events: RecordedEvent[] = [];
  let base = initialSessionMachine;
  let textChars = 0;
  let droppedEvents = 0;

  function drop(): void {
    const oldest = events.shift();
    if (!oldest) return;
    textChars -= charsOf(oldest.event);
    base = reduceSession(base, oldest.event, policy).machine;
    droppedEvents++;
  }

  return {
    record(event) {
      events.push({ atMs: Date.now() - startedAtMs, event: detached(event) });
      textChars += charsOf(event);
      while (events.length > LOG_LIMITS.entries || (textChars > LOG_LIMITS.bytes && events.length > 1)) drop();
    },
    read: () => ({ policy, startedAtMs, base, events: [...events], droppedEvents }),
  };
}

/** What is remembered of an event keeps nothing else alive. */
function detached(event: SessionEvent): SessionEvent {
  if (event.type === 'video-change') return { type: 'video-change', video: event.video && SEEN };
  if (event.type === 'audio-change') return { type: 'audio-change', audio: event.audio && HEARD };
  if (event.type === 'part-fail') return { ...event, error: withoutStack(event.error) };
  if (event.type === 'microphone-change') return { ...event, microphone: { ...event.microphone, error: event.microphone.error && withoutStack(event.microphone.error) } };
  return event;
}

/** By its stack and its cause an error holds the whole connection that it came from. Neither is enumerable. */
function withoutStack(error: AvatarError): AvatarError {
  return { ...error, message: error.message };
}

function charsOf(event: SessionEvent): number {
  if (event.type === 'transcript') return event.text.length + (event.unheard?.length ?? 0);
  return event.type === 'part-fail' ? event.error.message.length : 0;
}
