import { isTrustedHost } from './isTrustedHost.js';

/**
 * True for a request of no page, and for one of a page that is served from this machine.
 *
 * Any page in the world can send requests to localhost. It must neither hear what a developer said to the avatar nor
 * let things go wrong. An opaque origin (`null`) could be anybody's.
 */
export function isTrustedOrigin(originHeader: string | undefined, configuredHost: string): boolean {
  if (originHeader === undefined) return true;
  const host = /^https?:\/\/([^/]+)$/i.exec(originHeader)?.[1];
  return isTrustedHost(host, configuredHost);
}
