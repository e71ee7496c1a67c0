import { AvatarError } from '../../../errors/AvatarError.js';

/** Answers of a Redis that stay the same until somebody changes its settings, or ours. */
const LASTING = ['NOAUTH', 'WRONGPASS', 'NOPERM'];

/**
 * What a failing Redis means to whoever asked. The error has no cause: a client's errors quote addresses, and the command with its keys.
 *
 * @returns `server-misconfigured`, retryable unless the answer would stay the same; its context holds the `code` that Redis or the socket gave.
 */
export function ledgerUnavailable(cause: unknown): AvatarError {
  const code = codeOf(cause);
  return new AvatarError('server-misconfigured', {
    message: 'The server could not reach what its instances remember together. Try again shortly. Operator: see that Redis answers, takes writes and knows the password.',
    retryable: !LASTING.includes(code),
    context: { code },
  });
}

export function ledgerTimeout(timeoutMs: number): AvatarError {
  return new AvatarError('server-misconfigured', {
    message: 'The server could not reach what its instances remember together in time. Try again shortly. Operator: Redis does not answer, or too slowly.',
    retryable: true,
    context: { code: 'timeout', timeoutMs },
  });
}

/** The first word of Redis's answer (`OOM`, `READONLY`, `LOADING`), the socket's code (`ECONNREFUSED`), or the error's name. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return /^[A-Z]{3,}(?= |$)/.exec(cause.message)?.[0] ?? cause.name;
}
