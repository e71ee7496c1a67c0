import { AvatarError, type AvatarErrorContext } from '../../errors/AvatarError.js';
import type { TranscriptEntry } from '../transcript.js';
import { isSecret } from './redact.js';
import { redactSecrets } from './redactSecrets.js';
import { LOG_LIMITS, type Logged, type LoggedError } from './SessionLog.js';

export interface LogWriterOptions {
  /** What stands for words that were said. */
  readonly words: (text: string) => string;
  /** What stands for a device's id, which is not empty. */
  readonly device: (id: string) => string;
  /** What dates are counted from, milliseconds since the epoch. */
  readonly epochMs: number;
}

/** Makes plain, clean JSON of states and events. Doing so twice makes no difference. */
export type LogWriter = <Value>(value: Value) => Logged<Value>;

const WORDS = ['text', 'unheard'];
const DEVICES = ['deviceId', 'speakerId'];
const DATES = ['liveAt', 'endsAt', 'atMs', 'startedAt', 'changedAt'];
const MAX_CONTEXT = 20;

/** Makes a writer; it walks whatever it is given, and knows members by their names. */
export function createLogWriter({ words, device, epochMs }: LogWriterOptions): LogWriter {
  function write(value: unknown, name: string): unknown {
    if (typeof value === 'string') {
      if (value === '') return value;
      return WORDS.includes(name) ? words(value) : DEVICES.includes(name) ? device(value) : safeText(value);
    }
    if (typeof value === 'number') return DATES.includes(name) ? value - epochMs : value;
    if (typeof value !== 'object' || value === null) return value;
    if (AvatarError.isInstance(value)) return writeError(value);
    if ('mediaStreamTrack' in value) return true;
    if (Array.isArray(value)) return (name === 'transcript' ? endOf(value) : value).map((item: unknown) => write(item, name));
    const members = Object.entries(value).filter(([, member]) => member !== undefined && typeof member !== 'function');
    return Object.fromEntries(members.map(([key, member]: [string, unknown]) => [key, write(member, key)]));
  }
  return <Value>(value: Value) => write(value, '') as Logged<Value>; // what the walk makes, member by member
}

/** Text of any origin, without what it must not hold. */
export function safeText(text: string): string {
  return redactSecrets(text).slice(0, LOG_LIMITS.textChars);
}

/** The latest entries, and those that may still change. */
function endOf(transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  return transcript.filter(({ final }, place) => place >= transcript.length - LOG_LIMITS.transcriptEntries || !final);
}

function writeError({ reason, message, retryable, context }: AvatarError): LoggedError {
  return { reason, message: safeText(message), retryable, context: writeContext(context) };
}

function writeContext(context: AvatarErrorContext): LoggedError['context'] {
  const safe: Record<string, string | number | boolean | null> = {};
  // By its type it is flat; an error that an application made, or another copy of this package, may hold anything.
  for (const [given, value] of Object.entries<unknown>(context).slice(0, MAX_CONTEXT)) {
    if (value === undefined) continue;
    const name = safeText(given);
    // JSON knows no other numbers.
    if (typeof value === 'number') safe[name] = Number.isFinite(value) ? value : null;
    else if (isSecret(given, value)) safe[name] = '[redacted]';
    else if (typeof value === 'string') safe[name] = safeText(value);
    else safe[name] = typeof value === 'boolean' || value === null ? value : `[${typeof value}]`;
  }
  return safe;
}
