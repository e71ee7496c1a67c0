import { AvatarError } from '../errors/AvatarError.js';
import type { GrantRoute } from './createRouteCall.js';
import { createRouteSource } from './createRouteSource.js';
import type { Grant } from './grant.js';
import type { LeaseState } from './lease.js';
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
 * Where grants come from: the base URL of `createAvatarHandler`, alone or with what its requests need; a function; or a grant that the
 * page already has (which cannot be renewed, so a lost connection then ends the session).
 */
export type GrantOption = string | GrantRoute | GrantFunction | Grant;

/** A grant option made uniform. */
export interface GrantSource {
  request(request: GrantRequest): Promise<Grant>;
  /** Keeps the vendor's session that the grant is for; null where no server can be asked. Rejects with `session-ended` when it is over. */
  readonly keep: ((grant: Grant, options: { readonly wantsStatus: boolean; readonly signal: AbortSignal }) => Promise<LeaseState>) | null;
  /** Tells the server that the session is over. Never rejects. `leaving`: the page is going away. */
  end(grant: Grant, options: { readonly leaving: boolean }): Promise<void>;
}

/** Makes a {@link GrantSource} of whatever the application gave. */
export function createGrantSource(option: GrantOption): GrantSource {
  if (typeof option === 'string') return createRouteSource({ url: option });
  if (typeof option === 'function') {
    return { request: async (request) => parseGrant(await callGrantFunction(option, request)), keep: null, end: async () => undefined };
  }
  if ('url' in option) return createRouteSource(option);
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
