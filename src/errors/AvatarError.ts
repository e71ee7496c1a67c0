/**
 * Every reason an {@link AvatarError} can carry. The set is closed: a `switch` over it can be exhaustive.
 *
 * Each reason names what went wrong, never which layer noticed it.
 */
export type AvatarErrorReason = keyof typeof RETRYABLE;

/** Reason -> whether trying the same thing again can succeed without anybody changing anything. */
const RETRYABLE = {
  // options and input
  'invalid-options': false,
  'audio-invalid': false,
  'session-ended': false,
  'not-ready': true,
  'peer-missing': false,
  'load-failed': true,
  // grant and server
  'grant-failed': true,
  'grant-invalid': false,
  'request-failed': true,
  'not-authorized': false,
  'origin-refused': false,
  'rate-limited': true,
  'server-misconfigured': false,
  'server-draining': true,
  'ticket-expired': true,
  'ticket-refused': false,
  // avatar service
  'discovery-failed': true,
  'no-avatar-available': true,
  'key-rejected': false,
  'avatar-busy': true,
  'reconnect-too-soon': true,
  'avatar-unreachable': true,
  'avatar-timeout': true,
  'avatar-refused': false,
  'avatar-error': false,
  'quota-exceeded': false,
  'not-found': false,
  'connection-lost': true,
  'message-invalid': false,
  'message-too-large': false,
  'pipeline-failed': true,
  // channel
  'channel-failed': true,
  'channel-timeout': true,
  'channel-token-expired': true,
  'channel-unsupported': false,
  // microphone and sound
  'microphone-denied': false,
  'microphone-missing': false,
  'microphone-busy': true,
  'microphone-unplugged': true,
  'microphone-unsupported': false,
  'insecure-origin': false,
  'worklet-blocked': false,
  'sound-unavailable': false,
} as const;

/** Facts that help to act on an error. Holds no key, no token and no URL query. */
export type AvatarErrorContext = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface AvatarErrorOptions {
  /** What happened and what to do about it, as a person would say it. */
  readonly message: string;
  /** Overrides what the reason implies. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  readonly context?: AvatarErrorContext;
}

const BRAND = Symbol.for('visavis.AvatarError');

/**
 * The one error class of visavis.
 *
 * @example
 * ```ts
 * session.on('error', ({ error }) => {
 *   if (error.reason === 'microphone-denied') showMicrophoneHelp();
 * });
 * ```
 */
export class AvatarError extends Error {
  override readonly name = 'AvatarError';
  readonly reason: AvatarErrorReason;
  /** True when the same attempt may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly context: AvatarErrorContext;
  readonly [BRAND] = true;

  constructor(reason: AvatarErrorReason, options: AvatarErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.retryable = options.retryable ?? RETRYABLE[reason];
    this.context = options.context ?? {};
  }

  /** Like `instanceof`, and true as well for an error made by another copy of visavis in the page. */
  static isInstance(value: unknown): value is AvatarError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** True for a reason that this version knows; for errors that arrive as JSON. */
export function isAvatarErrorReason(value: unknown): value is AvatarErrorReason {
  return typeof value === 'string' && Object.hasOwn(RETRYABLE, value);
}
