import { anySignal } from '../clock/anySignal.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError, isAvatarErrorReason } from '../errors/AvatarError.js';

export interface PostOptions {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
}

/** How long the session route may take before the attempt counts as failed. */
const TIMEOUT_MS = 20_000;

/**
 * Posts JSON to the session route and answers the JSON that it sends.
 *
 * @throws what the server named, or the nearest to its HTTP status; `grant-failed`, `grant-invalid`; the reason of the signal.
 */
export async function postJson(url: string, { body, headers, credentials, signal }: PostOptions): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      credentials,
      body: JSON.stringify(body),
      signal: anySignal([signal, timeout]),
    });
    answer = await response.json().catch((cause: unknown) => {
      // Anything else means that the answer broke off.
      if (cause instanceof Error && cause.name === 'SyntaxError') return null;
      throw cause;
    });
  } catch (cause) {
    if (signal.aborted) throw abortReason(signal);
    throw new AvatarError('grant-failed', {
      message: timeout.aborted
        ? 'The session route did not answer in time. Check the server, then try again.'
        : 'The session route could not be reached. Check the network, the grant URL and that the server allows this origin.',
      cause,
    });
  }
  if (!response.ok) throw refusal(response, answer);
  if (answer === null) throw new AvatarError('grant-invalid', { message: 'The session route answered with something that is not JSON. Check the grant URL.' });
  return answer;
}

/** The error that the server named, or the nearest one to its HTTP status. */
function refusal({ status, headers }: Response, answer: unknown): AvatarError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const context = { status, ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: 1000 * seconds } : {}) };
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  if (typeof error === 'object' && error !== null && 'reason' in error && isAvatarErrorReason(error.reason)) {
    const message = 'message' in error && typeof error.message === 'string' ? error.message : `The session route refused (HTTP ${status}).`;
    const retryable = 'retryable' in error && typeof error.retryable === 'boolean' ? { retryable: error.retryable } : {};
    return new AvatarError(error.reason, { message, ...retryable, context });
  }
  if (status === 401 || status === 403) {
    return new AvatarError('not-authorized', { message: 'The session route refused this user. Sign in, then try again.', context });
  }
  if (status === 429) return new AvatarError('rate-limited', { message: 'Too many sessions were asked for. Wait a moment, then try again.', context });
  return new AvatarError('grant-failed', {
    message: `The session route answered with HTTP ${status}. Check the grant URL and the server's log.`,
    retryable: status >= 500,
    context,
  });
}
