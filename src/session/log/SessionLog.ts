import type { AvatarErrorReason } from '../../errors/AvatarError.js';
import type { SessionMachine } from '../reduceSession.js';
import type { SessionEvent } from '../SessionEvent.js';
import type { SessionState } from '../state.js';

/** An error as a log holds it: without its cause, and without anything that lets somebody act as somebody else. */
export interface LoggedError {
  readonly reason: AvatarErrorReason;
  readonly message: string;
  readonly retryable: boolean;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;
}

/** Something as a log holds it: plain JSON. Errors become {@link LoggedError}, and of video and audio there is only that they are there. */
export type Logged<Value> = Value extends { readonly reason: AvatarErrorReason }
  ? LoggedError
  : Value extends { readonly mediaStreamTrack: unknown }
    ? true
    : Value extends readonly (infer Item)[]
      ? readonly Logged<Item>[]
      : Value extends object
        ? { readonly [Name in keyof Value]: Logged<Value[Name]> }
        : Value;

/** One thing that happened to a session. */
export interface SessionLogEntry {
  /** Milliseconds since the session was made. */
  readonly atMs: number;
  readonly event: Logged<SessionEvent>;
}

/**
 * The black box of a session: what happened, in order, and what it began from, so that the same states come of it again. JSON, at most
 * 500 entries and 256 KB. All times are milliseconds since the session was made, never dates; devices are called `device-1` and so on;
 * addresses lose their query, and what is or looks like a token, a ticket or a key is left out.
 */
export interface SessionLog {
  readonly version: 1;
  /** False: in place of what was said there is its length. */
  readonly hasText: boolean;
  /** When it was written. Milliseconds since the session was made. */
  readonly takenAtMs: number;
  /** How many events came before the first entry, and are only in `base`. */
  readonly droppedEvents: number;
  readonly maxAttempts: number;
  /** What the first entry happened to. Of its transcript only the end. */
  readonly base: Logged<SessionMachine>;
  /** Oldest first. */
  readonly entries: readonly SessionLogEntry[];
  /** The state after the last entry. Of its transcript only the end. */
  readonly state: Logged<SessionState>;
}

export interface ExportLogOptions {
  /** False leaves out what was said, by both sides. Default true. */
  readonly logText?: boolean;
}

/** What a log may hold at most. */
export const LOG_LIMITS = { entries: 500, bytes: 262_144, transcriptEntries: 50, textChars: 500 } as const;
