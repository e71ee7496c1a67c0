import { anySignal } from '../clock/anySignal.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError, isAvatarErrorReason, type AvatarErrorReason } from '../errors/AvatarError.js';

/** How trouble with one kind of route is named. */
export interface RouteFailures {
  /** It could not be asked, or refused without saying why. */
  readonly failed: AvatarErrorReason;
  /** It answered with something else. */
  readonly invalid: AvatarErrorReason;
  /** The route as a sentence begins with it, such as `The session route`. */
  readonly name: string;
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST';
  /** Sent as JSON; undefined: nothing is sent. */
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  readonly failures: RouteFailures;
}

/** How long a route may take before the attempt counts as failed. */
const TIMEOUT_MS = 20_000;

/**
 * Asks a route of the server and gives the JSON that it answers; null where it answers that there is nothing to say (204).
 *
 * @throws what the server named, or the nearest to its HTTP status; the two of `failures`; the reason of the signal.
 */
export async function requestJson(url: string, { method, body, headers, credentials, signal, failures }: JsonRequest): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      credentials,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: anySignal([signal, timeout]),
    });
    answer = await response.json().catch((cause: unknown) => {
      // Anything else means that the answer broke off.
      if (cause instanceof Error && cause.name === 'SyntaxError') return null;
      throw cause;
    });
  } catch (cause) {
    if (signal.aborted) throw abortReason(signal);
    throw new AvatarError(failures.failed, {
      message: timeout.aborted
        ? `${failures.name} did not answer in time. Check the server, then try again.`
        : `${failures.name} could not be reached. Check the network, its URL and that the server allows this origin.`,
      cause,
    });
  }
  if (!response.ok) throw refusal(response, answer, failures);
  if (answer === null && response.status !== 204) {
    throw new AvatarError(failures.invalid, { message: `${failures.name} answered with something that is not JSON. Check its URL.`, retryable: false });
  }
  return answer;
}

/** The error that the server named, or the nearest one to its HTTP status. */
function refusal({ status, headers }: Response, answer: unknown, { failed, name }: RouteFailures): AvatarError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const context = { status, ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: 1000 * seconds } : {}) };
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  if (typeof error === 'object' && error !== null && 'reason' in error && isAvatarErrorReason(error.reason)) {
    const message = 'message' in error && typeof error.message === 'string' ? error.message : `${name} refused (HTTP ${status}).`;
    const retryable = 'retryable' in error && typeof error.retryable === 'boolean' ? { retryable: error.retryable } : {};
    return new AvatarError(error.reason, { message, ...retryable, context });
  }
  if (status === 401 || status === 403) {
    return new AvatarError('not-authorized', { message: `${name} refused this user. Sign in, then try again.`, context });
  }
  if (status === 429) return new AvatarError('rate-limited', { message: `${name} was asked too often. Wait a moment, then try again.`, context });
  return new AvatarError(failed, {
    message: `${name} answered with HTTP ${status}. Check its URL and the server's log.`,
    retryable: status >= 500,
    context,
  });
}
