import { AvatarError } from '../../errors/AvatarError.js';

/**
 * The origin of the page that asks, or null for a caller that is no page.
 *
 * Browsers send `Origin` with every POST, so a request without one cannot ride on a visitor's cookies. Where a browser
 * says by `Sec-Fetch-Site` that the request comes from elsewhere, a missing `Origin` is refused as well.
 *
 * @throws `origin-refused`
 */
export function checkOrigin(headers: Headers, allowedOrigins: ReadonlySet<string>): string | null {
  const origin = headers.get('origin');
  const fetchSite = headers.get('sec-fetch-site');
  const isForeign = origin === null ? fetchSite === 'cross-site' || fetchSite === 'same-site' : !allowedOrigins.has(origin);
  if (!isForeign) return origin;
  throw new AvatarError('origin-refused', {
    message: 'This page may not ask for an avatar here. Operator: add its exact origin to allowedOrigins.',
  });
}
