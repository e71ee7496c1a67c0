import { anySignal } from '../clock/anySignal.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError, isAvatarErrorReason } from '../errors/AvatarError.js';
import type { Grant } from './grant.js';
import { parseLeaseState, type KeepRequest, type LeaseState } from './lease.js';
import { parseGrant } from './parseGrant.js';

/** What a session asks its server for. */
export interface GrantRequest {
  /**
   * `renew` asks for fresh credentials of the session that `previous` began: the same room and uids, with new tokens and a new ticket.
   * `renew-channel` asks for the same without a ticket: the room's token is about to expire, and the avatar stays. A whole grant will do.
   */
  readonly purpose: 'start' | 'renew' | 'renew-channel';
  readonly previous: Grant | null;
  /** Wishes of the avatar service, such as the avatar's id. The server decides. */
  readonly wishes: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** Fetches a grant in the application's own way. What it returns is checked. */
export type GrantFunction = (request: GrantRequest) => Promise<unknown>;

/**
 * Where grants come from: the base URL of `createAvatarHandler`, a function, or a grant that the page already has
 * (which cannot be renewed, so a lost connection then ends the session).
 */
export type GrantOption = string | GrantFunction | Grant;

/** A grant option made uniform. */
export interface GrantSource {
  request(request: GrantRequest): Promise<Grant>;
  /** Keeps the vendor's session that the grant is for; null where no server can be asked. Rejects with `session-ended` when it is over. */
  readonly keep: ((grant: Grant, options: { readonly wantsStatus: boolean; readonly signal: AbortSignal }) => Promise<LeaseState>) | null;
  /** Tells the server that the session is over. Never rejects. `leaving`: the page is going away. */
  end(grant: Grant, options: { readonly leaving: boolean }): Promise<void>;
}

/** How long the session route may take before the attempt counts as failed. */
const TIMEOUT_MS = 20_000;

/** Makes a {@link GrantSource} of whatever the application gave. */
export function createGrantSource(option: GrantOption): GrantSource {
  if (typeof option === 'string') return httpSource(option.replace(/\/+$/, ''));
  if (typeof option === 'function') {
    return { request: async (request) => parseGrant(await callGrantFunction(option, request)), keep: null, end: async () => undefined };
  }
  return {
    async request({ purpose }) {
      if (purpose === 'start') return parseGrant(option);
      throw new AvatarError('ticket-expired', {
        message: 'The grant was given as an object and cannot be renewed. Give the URL of the session route, or a function, as grant.',
        retryable: false,
      });
    },
    keep: null,
    end: async () => undefined,
  };
}

async function callGrantFunction(fetchGrant: GrantFunction, request: GrantRequest): Promise<unknown> {
  try {
    return await fetchGrant(request);
  } catch (cause) {
    if (request.signal.aborted || AvatarError.isInstance(cause)) throw cause;
    throw new AvatarError('grant-failed', {
      message: 'The function given as grant failed; the cause is attached. Let it throw an AvatarError to say what to do.',
      cause,
    });
  }
}

function httpSource(baseUrl: string): GrantSource {
  return {
    async request({ purpose, previous, wishes, signal }) {
      if (purpose !== 'start' && !previous?.renewal) {
        throw new AvatarError('ticket-expired', { message: 'This grant has no renewal pass, so the session cannot go on. Start a new one.', retryable: false });
      }
      const url = purpose === 'start' ? `${baseUrl}/session` : `${baseUrl}/session/renew`;
      return parseGrant(await postJson(url, purpose === 'start' ? wishes : { renewal: previous?.renewal, ...(purpose === 'renew-channel' ? { needs: 'channel' } : {}) }, signal));
    },
    async keep(grant, { wantsStatus, signal }) {
      const body: KeepRequest = { renewal: grant.renewal ?? '', ...(wantsStatus ? { wants: 'status' } : {}) };
      const state = parseLeaseState(await postJson(`${baseUrl}/session/keep`, body, signal));
      if (state) return state;
      throw new AvatarError('grant-failed', { message: 'The session route answered the keep request with something else. Are the server and this client of one release?' });
    },
    async end(grant, { leaving }) {
      if (!grant.renewal) return;
      const url = `${baseUrl}/session/end`;
      const body = JSON.stringify({ renewal: grant.renewal });
      // A beacon outlives the page; text/plain needs no preflight, for which there is no time.
      if (leaving && typeof navigator !== 'undefined' && navigator.sendBeacon?.(url, body)) return;
      await fetch(url, { method: 'POST', body, keepalive: true, headers: { 'content-type': 'text/plain' } }).catch(() => undefined);
    },
  };
}

async function postJson(url: string, body: unknown, signal: AbortSignal): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
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
  if (!response.ok) throw refusal(response.status, answer);
  if (answer === null) throw new AvatarError('grant-invalid', { message: 'The session route answered with something that is not JSON. Check the grant URL.' });
  return answer;
}

/** The error that the server named, or the nearest one to its HTTP status. */
function refusal(status: number, answer: unknown): AvatarError {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  if (typeof error === 'object' && error !== null && 'reason' in error && isAvatarErrorReason(error.reason)) {
    const message = 'message' in error && typeof error.message === 'string' ? error.message : `The session route refused (HTTP ${status}).`;
    const retryable = 'retryable' in error && typeof error.retryable === 'boolean' ? { retryable: error.retryable } : {};
    return new AvatarError(error.reason, { message, ...retryable, context: { status } });
  }
  if (status === 401 || status === 403) {
    return new AvatarError('not-authorized', { message: 'The session route refused this user. Sign in, then try again.', context: { status } });
  }
  if (status === 429) return new AvatarError('rate-limited', { message: 'Too many sessions were asked for. Wait a moment, then try again.', context: { status } });
  return new AvatarError('grant-failed', {
    message: `The session route answered with HTTP ${status}. Check the grant URL and the server's log.`,
    retryable: status >= 500,
    context: { status },
  });
}
