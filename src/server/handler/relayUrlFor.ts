import { trimSlashes } from './trimSlashes.js';

/**
 * The relay's address as the asking page reaches it: next to the route that was asked.
 *
 * Behind a proxy that ends TLS the request itself says `http:`. The page's origin, which is on the allow-list, tells the
 * truth when it names the same host; a `wss:` page could not open `ws:` anyway.
 *
 * @param route the part of the path that belongs to the route, such as `/session`.
 */
export function relayUrlFor(requestUrl: string, route: string, origin: string | null): string {
  const url = new URL(requestUrl);
  const base = trimSlashes(url.pathname).slice(0, -route.length);
  const page = origin === null ? null : new URL(origin);
  const isSecure = url.protocol === 'https:' || (page !== null && page.protocol === 'https:' && page.hostname === url.hostname);
  return `${isSecure ? 'wss:' : 'ws:'}//${url.host}${base}/relay`;
}
