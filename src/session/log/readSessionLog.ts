import { AvatarError } from '../../errors/AvatarError.js';
import { initialSessionMachine } from '../reduceSession.js';
import { isLoggedEvent } from './isLoggedEvent.js';
import { isFields, isLoggedError, type Fields } from './loggedFields.js';
import { LOG_LIMITS, type SessionLog } from './SessionLog.js';

/** How deep a log is; one that is nested deeper is none. */
const MAX_DEPTH = 8;

/**
 * Checks a log that came from outside.
 * @param value the log, or its JSON text
 * @throws AvatarError `message-invalid`, saying what is wrong with it.
 */
export function readSessionLog(value: unknown): SessionLog {
  const log = typeof value === 'string' ? parse(value) : value;
  if (!isFields(log)) throw invalid('it is no JSON object');
  if (log['version'] !== 1) throw invalid('its version is not 1; it may be of another release');
  if (!isCount(log['maxAttempts']) || !isCount(log['droppedEvents']) || !Number.isFinite(log['takenAtMs']) || typeof log['hasText'] !== 'boolean') throw invalid('its head is not complete');
  const { entries, base, state } = log;
  if (!Array.isArray(entries) || entries.length > LOG_LIMITS.entries) throw invalid(`its entries are no list of at most ${LOG_LIMITS.entries}`);
  const odd = entries.findIndex((entry: unknown) => !isFields(entry) || !Number.isFinite(entry['atMs']) || !isLoggedEvent(entry['event']));
  if (odd >= 0) throw invalid(`entry ${odd} is no event that this version knows`);
  if (!isLike(base, initialSessionMachine, 0) || !areErrors(base['view'])) throw invalid('its base is no state of a session');
  if (!isLike(state, initialSessionMachine.view, 0) || !areErrors(state)) throw invalid('its state is no state of a session');
  return log as unknown as SessionLog; // checked above, member by member
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is no JSON'); // Without the cause, which quotes it.
  }
}

/** Has all members of the pattern, of its types; null may stand for what is null there, or was an object. */
function isLike(value: unknown, pattern: unknown, depth: number): value is Fields {
  if (depth > MAX_DEPTH) return false;
  if (pattern === null) return value === null || value === true || typeof value === 'string' || Number.isFinite(value) || isFields(value);
  if (Array.isArray(pattern)) return Array.isArray(value) && value.every(isTranscriptEntry);
  if (typeof pattern === 'object') return isFields(value) && Object.entries(pattern).every(([name, member]) => Object.hasOwn(value, name) && isLike(value[name], member, depth + 1));
  return typeof pattern === 'number' ? Number.isFinite(value) : typeof value === typeof pattern;
}

function areErrors(view: unknown): boolean {
  if (!isFields(view)) return false;
  const microphone = view['microphone'];
  return [view['error'], view['interruption'], isFields(microphone) ? microphone['error'] : null].every((error) => error === null || isLoggedError(error));
}

function isTranscriptEntry(value: unknown): boolean {
  if (!isFields(value)) return false;
  return isCount(value['id']) && isCount(value['turnId']) && (value['role'] === 'user' || value['role'] === 'assistant') && typeof value['text'] === 'string' && typeof value['final'] === 'boolean' && typeof value['interrupted'] === 'boolean';
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function invalid(why: string): AvatarError {
  return new AvatarError('message-invalid', { message: `This is no log of a session: ${why}. Give what session.exportLog() gave, as it is.`, retryable: false });
}
