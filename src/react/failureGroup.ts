import type { AvatarErrorReason } from '../errors/AvatarError.js';

/** Failures as a user tells them apart: by what can be done about them. */
export type FailureGroup =
  | 'microphone-blocked'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'insecure-page'
  | 'browser'
  | 'connection'
  | 'busy'
  | 'expired'
  | 'access'
  | 'avatar'
  | 'setup';

// A record over the closed set: a new reason does not compile until it has a group.
const GROUPS: Readonly<Record<AvatarErrorReason, FailureGroup>> = {
  'invalid-options': 'setup',
  'audio-invalid': 'setup',
  'session-ended': 'expired',
  'not-ready': 'connection',
  'peer-missing': 'setup',
  'load-failed': 'connection',
  'grant-failed': 'connection',
  'grant-invalid': 'setup',
  'request-failed': 'connection',
  'not-authorized': 'access',
  'origin-refused': 'setup',
  'rate-limited': 'busy',
  'server-misconfigured': 'setup',
  'server-draining': 'busy',
  'ticket-expired': 'expired',
  'ticket-refused': 'access',
  'discovery-failed': 'connection',
  'no-avatar-available': 'busy',
  'key-rejected': 'setup',
  'avatar-busy': 'busy',
  'reconnect-too-soon': 'busy',
  'avatar-unreachable': 'connection',
  'avatar-timeout': 'connection',
  'avatar-refused': 'avatar',
  'avatar-error': 'avatar',
  'quota-exceeded': 'access',
  'not-found': 'setup',
  'connection-lost': 'connection',
  'message-invalid': 'avatar',
  'message-too-large': 'avatar',
  'pipeline-failed': 'avatar',
  'channel-failed': 'connection',
  'channel-timeout': 'connection',
  'channel-token-expired': 'expired',
  'channel-unsupported': 'browser',
  'microphone-denied': 'microphone-blocked',
  'microphone-missing': 'microphone-missing',
  'microphone-busy': 'microphone-busy',
  'microphone-unplugged': 'microphone-missing',
  'microphone-unsupported': 'microphone-missing',
  'insecure-origin': 'insecure-page',
  'worklet-blocked': 'setup',
  'sound-unavailable': 'setup',
};

/**
 * Which kind of trouble a reason is, for wording and pictures.
 *
 * @example
 * ```ts
 * failureGroup('avatar-busy'); // 'busy'
 * ```
 */
export function failureGroup(reason: AvatarErrorReason): FailureGroup {
  return GROUPS[reason];
}
