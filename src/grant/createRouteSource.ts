import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { GrantSource } from './createGrantSource.js';
import { parseLeaseState, type KeepRequest } from './lease.js';
import { parseGrant } from './parseGrant.js';
import { postJson } from './postJson.js';

/** The session route of `createAvatarHandler`, and what its requests need. */
export interface GrantRoute {
  /** Base URL: what comes before `/session`. */
  readonly url: string;
  /** Whether cookies go along. Default `same-origin`; `include` for a route on another origin that knows the user by a cookie. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /**
   * Headers for each request, such as `authorization`; a function is asked anew each time, so that a token may change.
   * The goodbye of a page that closes carries none, and needs none.
   */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);
}

/** Asks the session route. */
export function createRouteSource(route: GrantRoute): GrantSource {
  const baseUrl = route.url.replace(/\/+$/, '');
  const { credentials = 'same-origin' } = route;

  async function ask(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    const headers = await headersOf(route);
    if (signal.aborted) throw abortReason(signal);
    return postJson(`${baseUrl}${path}`, { body, headers, credentials, signal });
  }

  return {
    async request({ purpose, previous, wishes, signal }) {
      if (purpose !== 'start' && !previous?.renewal) {
        throw new AvatarError('ticket-expired', { message: 'This grant has no renewal pass, so the session cannot go on. Start a new one.', retryable: false });
      }
      if (purpose === 'start') return parseGrant(await ask('/session', wishes, signal));
      return parseGrant(await ask('/session/renew', { renewal: previous?.renewal, ...(purpose === 'renew-channel' ? { needs: 'channel' } : {}) }, signal));
    },
    async keep(grant, { wantsStatus, signal }) {
      const body: KeepRequest = { renewal: grant.renewal ?? '', ...(wantsStatus ? { wants: 'status' } : {}) };
      const state = parseLeaseState(await ask('/session/keep', body, signal));
      if (state) return state;
      throw new AvatarError('grant-failed', { message: 'The session route answered the keep request with something else. Are the server and this client of one release?' });
    },
    async end(grant, { leaving }) {
      if (!grant.renewal) return;
      const url = `${baseUrl}/session/end`;
      const body = JSON.stringify({ renewal: grant.renewal });
      // A beacon outlives the page; text/plain needs no preflight, for which there is no time.
      if (leaving && typeof navigator !== 'undefined' && navigator.sendBeacon?.(url, body)) return;
      await fetch(url, { method: 'POST', body, keepalive: true, credentials, headers: { 'content-type': 'text/plain' } }).catch(() => undefined);
    },
  };
}

async function headersOf({ headers = {} }: GrantRoute): Promise<Readonly<Record<string, string>>> {
  if (typeof headers !== 'function') return headers;
  try {
    return await headers();
  } catch (cause) {
    if (AvatarError.isInstance(cause)) throw cause;
    throw new AvatarError('grant-failed', { message: 'The headers of the grant failed; the cause is attached. Let the function throw an AvatarError to say what to do.', cause });
  }
}
