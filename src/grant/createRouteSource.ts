import { AvatarError } from '../errors/AvatarError.js';
import type { GrantSource } from './createGrantSource.js';
import { baseUrlOf, createRouteCall, type GrantRoute } from './createRouteCall.js';
import { parseLeaseState, type KeepRequest } from './lease.js';
import { parseGrant } from './parseGrant.js';
import { sessionRouteFailures } from './sessionRouteFailures.js';

/** Asks the session route. */
export function createRouteSource(route: GrantRoute): GrantSource {
  const ask = createRouteCall(route, sessionRouteFailures);
  const { credentials = 'same-origin' } = route;

  return {
    async request({ purpose, previous, wishes, signal }) {
      if (purpose !== 'start' && !previous?.renewal) {
        throw new AvatarError('ticket-expired', { message: 'This grant has no renewal pass, so the session cannot go on. Start a new one.', retryable: false });
      }
      if (purpose === 'start') return parseGrant(await ask('/session', { body: wishes, signal }));
      const body = { renewal: previous?.renewal, ...(purpose === 'renew-channel' ? { needs: 'channel' } : {}) };
      return parseGrant(await ask('/session/renew', { body, signal }));
    },
    async keep(grant, { wantsStatus, signal }) {
      const body: KeepRequest = { renewal: grant.renewal ?? '', ...(wantsStatus ? { wants: 'status' } : {}) };
      const state = parseLeaseState(await ask('/session/keep', { body, signal }));
      if (state) return state;
      throw new AvatarError('grant-failed', { message: 'The session route answered the keep request with something else. Are the server and this client of one release?' });
    },
    async end(grant, { leaving }) {
      if (!grant.renewal) return;
      const url = `${baseUrlOf(route)}/session/end`;
      const body = JSON.stringify({ renewal: grant.renewal });
      // A beacon outlives the page; text/plain needs no preflight, for which there is no time.
      if (leaving && typeof navigator !== 'undefined' && navigator.sendBeacon?.(url, body)) return;
      await fetch(url, { method: 'POST', body, keepalive: true, credentials, headers: { 'content-type': 'text/plain' } }).catch(() => undefined);
    },
  };
}
