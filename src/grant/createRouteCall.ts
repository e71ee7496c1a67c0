import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import { requestJson, type RouteFailures } from './requestJson.js';

/** The routes of `createAvatarHandler`, and what their requests need. */
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

export interface RouteRequest {
  /** Sent as JSON by POST; without it the route is read. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** Asks what comes after the base URL, such as `/session`. */
export type RouteCall = (path: string, request: RouteRequest) => Promise<unknown>;

/** Makes the function by which all routes under one base URL are asked. */
export function createRouteCall(route: GrantRoute, failures: RouteFailures): RouteCall {
  const baseUrl = baseUrlOf(route);
  const { credentials = 'same-origin' } = route;
  return async (path, { body, signal }) => {
    const headers = await headersOf(route, failures);
    if (signal.aborted) throw abortReason(signal);
    return requestJson(`${baseUrl}${path}`, { method: body === undefined ? 'GET' : 'POST', body, headers, credentials, signal, failures });
  };
}

/** The URL of a route without the slashes at its end. */
export function baseUrlOf({ url }: GrantRoute): string {
  return url.replace(/\/+$/, '');
}

async function headersOf({ headers = {} }: GrantRoute, { failed }: RouteFailures): Promise<Readonly<Record<string, string>>> {
  if (typeof headers !== 'function') return headers;
  try {
    return await headers();
  } catch (cause) {
    if (AvatarError.isInstance(cause)) throw cause;
    throw new AvatarError(failed, { message: 'The headers of the route failed; the cause is attached. Let the function throw an AvatarError to say what to do.', cause });
  }
}
