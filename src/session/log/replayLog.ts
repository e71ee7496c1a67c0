import { AvatarError } from '../../errors/AvatarError.js';
import { reduceSession, type SessionMachine } from '../reduceSession.js';
import type { SessionEvent } from '../SessionEvent.js';
import type { SessionState } from '../state.js';
import { createLogWriter, safeText } from './createLogWriter.js';
import { HEARD, SEEN } from './createSessionRing.js';
import { readSessionLog } from './readSessionLog.js';
import type { Logged, LoggedError, SessionLog } from './SessionLog.js';

/** One event of a log, and the state that came of it. */
export interface ReplayStep {
  /** Milliseconds since the session was made. */
  readonly atMs: number;
  readonly event: SessionEvent;
  /** Its dates are counted from when the session was made. Its `video` and `audio` only stand for those that were there: they show and play nothing. */
  readonly state: SessionState;
}

/** What a session went through. */
export interface SessionReplay {
  readonly log: SessionLog;
  /** What the first step happened to. */
  readonly initial: SessionState;
  readonly steps: readonly ReplayStep[];
  /** True when the replay ends in just the state that the session was in. False for a log of another release, whose rules were others. */
  readonly matches: boolean;
}

/**
 * Lets everything in a log happen once more, by the same rules and with nothing connected: no clock, no network.
 *
 * @param value what `session.exportLog()` gave, or its JSON text
 * @throws AvatarError `message-invalid` when it is no such log.
 * @example
 * ```ts
 * const { steps, matches } = replayLog(await session.exportLog());
 * for (const { atMs, event, state } of steps) console.log(atMs, event.type, state.status);
 * ```
 */
export function replayLog(value: unknown): SessionReplay {
  const log = readSessionLog(value);
  const policy = { maxAttempts: log.maxAttempts };
  const base = revive<SessionMachine>(log.base);
  let machine = base;
  const steps = log.entries.map(({ atMs, event: logged }): ReplayStep => {
    const event = revive<SessionEvent>(logged);
    machine = reduceSession(machine, event, policy).machine;
    return { atMs, event, state: machine.view };
  });
  const write = createLogWriter({ words: safeText, device: (id) => id, epochMs: 0 });
  return { log, initial: base.view, steps, matches: isSame(write(machine.view), log.state) };
}

/** What a log has in place of errors, of video and of audio becomes such again. */
function revive<Value>(logged: Logged<Value>): Value {
  return reviveMember(logged, '') as Value; // the log was checked, and nothing else was replaced when it was written
}

function reviveMember(value: unknown, name: string): unknown {
  if (value === true && name === 'video') return SEEN;
  if (value === true && name === 'audio') return HEARD;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => reviveMember(item, name));
  if (name === 'error' || name === 'interruption') {
    const { reason, message, retryable, context } = value as LoggedError; // checked when the log was read
    return new AvatarError(reason, { message, retryable, context });
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]: [string, unknown]) => [key, reviveMember(member, key)]));
}

/** Whether two pieces of JSON say the same, in whatever order. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [inA, inB] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return Array.isArray(a) === Array.isArray(b) && inA.size === inB.size && [...inA].every(([name, member]) => inB.has(name) && isSame(member, inB.get(name)));
}
