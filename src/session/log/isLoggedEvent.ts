import type { SessionEvent } from '../SessionEvent.js';
import { isFields, isLoggedError, type Fields } from './loggedFields.js';

type Check = (event: Fields) => boolean;

const PARTS: readonly unknown[] = ['grant', 'microphone', 'channel', 'avatar', 'voice'];
const ROOMS: readonly unknown[] = ['none', 'joined', 'reconnecting'];
const always: Check = () => true;
const text = (name: string): Check => (event) => typeof event[name] === 'string';
const number = (name: string): Check => (event) => Number.isFinite(event[name]);
const flag = (name: string): Check => (event) => typeof event[name] === 'boolean';
const presence = (name: string): Check => (event) => event[name] === null || event[name] === true;
const part: Check = (event) => PARTS.includes(event['part']);

/** What each event must hold. A new type of event has to be added for this file to compile. */
const CHECKS: Readonly<Record<SessionEvent['type'], Check>> = {
  start: ({ unused }) => Array.isArray(unused) && unused.every((name) => PARTS.includes(name)),
  end: always,
  'teardown-finish': always,
  'part-open': part,
  'part-fail': (event) => part(event) && isLoggedError(event['error']),
  'retry-due': always,
  'connection-hold': always,
  'session-name': (event) => typeof event['sessionId'] === 'string' && (event['endsAt'] === null || Number.isFinite(event['endsAt'])),
  'speaker-change': text('speakerId'),
  'volume-change': number('volume'),
  'live-note': number('atMs'),
  'avatar-progress': ({ stage }) => stage === 'queueing' || stage === 'processing',
  'room-change': ({ room }) => ROOMS.includes(room),
  'network-change': ({ network }) => isFields(network) && Number.isFinite(network['uplink']) && Number.isFinite(network['downlink']),
  'microphone-change': ({ microphone }) => isFields(microphone) && typeof microphone['status'] === 'string' && (microphone['error'] === null || isLoggedError(microphone['error'])),
  'video-change': presence('video'),
  'audio-change': presence('audio'),
  'playback-block': always,
  'playback-start': always,
  'turn-raise': always,
  transcript: (event) => (event['role'] === 'user' || event['role'] === 'assistant') && text('text')(event) && flag('final')(event),
  'input-hold': flag('held'),
  'user-speaking': flag('speaking'),
  'speaking-change': flag('speaking'),
  'silence-change': flag('silent'),
  'audio-lose': number('lostMs'),
};

/** True for an event as a log holds it, of a type that this version knows. */
export function isLoggedEvent(value: unknown): boolean {
  if (!isFields(value) || typeof value['type'] !== 'string') return false;
  const { type } = value;
  const name = Object.keys(CHECKS).find((known) => known === type);
  return name !== undefined && CHECKS[name as SessionEvent['type']](value); // a key of the table above
}
