import type { IncomingMessage, ServerResponse } from 'node:http';
import { memoise } from '../memoise.js';
import type { AvatarHandler } from './createAvatarHandler.js';

/**
 * The handler as a listener for `node:http`, Express and the like.
 *
 * @example
 * ```ts
 * const server = createServer(toNodeListener(createAvatarHandler(options)));
 * ```
 */
export function toNodeListener(handler: AvatarHandler): (request: IncomingMessage, response: ServerResponse) => void {
  // Loaded late for the sake of edge servers, like the relay's core.
  const listenerLoaded = memoise(async () => {
    const { getRequestListener } = await import('@hono/node-server');
    // The global Request and Response are the app's, not ours to replace.
    return getRequestListener(handler, { overrideGlobalObjects: false });
  });
  return (request, response) => {
    listenerLoaded()
      .then((listener) => listener(request, response))
      // The package could not be loaded, or the socket broke in mid-answer: either way there is nobody to tell but the peer.
      .catch(() => response.destroy());
  };
}
