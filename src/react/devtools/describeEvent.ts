import type { SessionEventMap } from '../../session/AvatarSession.js';
import type { SessionState } from '../../session/state.js';
import type { DevtoolsArea } from './DevtoolsEntry.js';
import { redact, redactText } from '../../session/log/redact.js';

/** Events that have a line in the log. Levels have a meter, and latency has its own view. */
export type LoggedEvent = Exclude<keyof SessionEventMap, 'channel-volume' | 'latency-change'>;

const AREAS: Readonly<Record<LoggedEvent, DevtoolsArea>> = {
  'state-change': 'session',
  recover: 'session',
  'avatar-connect': 'avatar',
  'avatar-disconnect': 'avatar',
  'avatar-join': 'avatar',
  'avatar-message': 'avatar',
  'avatar-speaking': 'avatar',
  'avatar-silence': 'avatar',
  'voice-connect': 'voice',
  'voice-disconnect': 'voice',
  'voice-message': 'voice',
  'channel-message': 'channel',
  'speech-start': 'turn',
  'speech-end': 'turn',
  'speech-misfire': 'turn',
  'barge-in-duck': 'turn',
  'barge-in-release': 'turn',
  'barge-in': 'turn',
  'turn-metrics': 'turn',
  interrupt: 'turn',
  error: 'error',
};

// Object.keys() of a closed record gives its keys.
export const LOGGED_EVENTS = Object.keys(AREAS) as readonly LoggedEvent[];

/** What the log says of an event. */
export interface EventDescription {
  readonly area: DevtoolsArea;
  readonly summary: string;
  readonly detail: unknown;
}

const MAX_LINE = 160;

/** Puts an event into a line, and all of it beside. @param before the state that went before, for what has changed. Null: nothing worth a line. */
export function describeEvent<K extends LoggedEvent>(type: K, event: SessionEventMap[K], before: SessionState): EventDescription | null {
  const area = AREAS[type];
  if ('state' in event) {
    const changes = changesOf(before, event.state);
    return Object.keys(changes).length === 0 ? null : { area, summary: oneLine(Object.entries(changes).map((change) => change.join(' ')).join(', ')), detail: changes };
  }
  if ('payload' in event) {
    const message = decodePayload(event.payload);
    return { area, summary: `uid ${event.uid}, ${event.payload.byteLength} bytes: ${oneLine(message)}`, detail: { uid: event.uid, bytes: event.payload.byteLength, message } };
  }
  if ('error' in event && event.error !== null) return { area, summary: `${event.error.reason}: ${redactText(event.error.message)}`, detail: redact(event.error) };
  if ('samples' in event) return { area, summary: `${Math.round(event.samples.length / 16)} ms${'truncated' in event && event.truncated ? ', truncated' : ''}`, detail: redact(event) };
  const content = redact('message' in event ? event.message : 'metrics' in event ? event.metrics : event);
  return { area, summary: oneLine(content), detail: content };
}

/** What differs between two states, as `before → after`; for what is no plain value only that it is there. */
export function changesOf(before: SessionState, after: SessionState): Readonly<Record<string, string>> {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(([name, value]) => !Object.is(old.get(name), value));
  return Object.fromEntries(changed.map(([name, value]: [string, unknown]) => [name, `${inShort(old.get(name))} → ${inShort(value)}`]));
}

function inShort(value: unknown): string {
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? redactText(value) || "''" : String(value);
  if (Array.isArray(value)) return `${value.length} entries`;
  if ('reason' in value) return String(value.reason);
  if ('status' in value && 'muted' in value) return `${String(value.status)}${value.muted === true ? ' (muted)' : ''}`;
  return 'mediaStreamTrack' in value ? 'track' : JSON.stringify(redact(value));
}

/** Data messages are text with JSON in it, as a rule; others are shown by their first bytes. */
function decodePayload(payload: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    try {
      const parsed: unknown = JSON.parse(text);
      return redact(parsed);
    } catch {
      return redactText(text); // text of another kind
    }
  } catch {
    return `[${payload.byteLength} bytes: ${Array.from(payload.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ')}]`; // no text at all
  }
}

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '').replace(/^\{\}$/, '').replace(/"(\w+)":/g, '$1: ').replace(/,(?=\w+: )/g, ', ');
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}
