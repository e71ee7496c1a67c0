import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AvatarHandler } from './createAvatarHandler.js';

/**
 * The handler as a listener for `node:http`, Express and the like.
 *
 * @example
 * ```ts
 * const server = createServer(toNodeListener(createAvatarHandler(options)));
 * ```
 */
export function toNodeListener(handler: AvatarHandler): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  // Loaded late for the sake of edge servers, like the relay's core.
  const loaded = import('@hono/node-server').then(({ getRequestListener }) =>
    // The global Request and Response are the app's, not ours to replace.
    getRequestListener(handler, { overrideGlobalObjects: false }),
  );
  loaded.catch(() => {
    // Surfaces at the first request, as the rejection of its promise.
  });
  return async (request, response) => (await loaded)(request, response);
}
