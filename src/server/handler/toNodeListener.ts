import type { IncomingMessage, ServerResponse } from 'node:http';
import { AvatarError } from '../../errors/AvatarError.js';
import { memoise } from '../memoise.js';
import type { AvatarHandler } from './createAvatarHandler.js';
import { errorResponse } from './errorResponse.js';
import { handOnBody } from './handOnBody.js';

/**
 * The handler as a listener for `node:http`, Express, Fastify's raw requests and the like.
 *
 * It may be mounted under a path, and behind a parser that has read the body as JSON or text: Express keeps both at the request, as
 * `originalUrl` and `body`. A body that was read and is kept nowhere is answered with an error that says so.
 *
 * @example
 * ```ts
 * const server = createServer(toNodeListener(createAvatarHandler(options)));
 * ```
 * @example
 * ```ts
 * app.use('/api/avatar', toNodeListener(createAvatarHandler(options))); // Express
 * ```
 */
export function toNodeListener(handler: AvatarHandler): (request: IncomingMessage, response: ServerResponse) => void {
  handler.watch();
  // Loaded late for the sake of edge servers, like the relay's core.
  const listenersLoaded = memoise(async () => {
    const { getRequestListener } = await import('@hono/node-server');
    // The global Request and Response are the app's, not ours to replace.
    const options = { overrideGlobalObjects: false };
    return { answer: getRequestListener(handler, options), refuse: getRequestListener(async () => errorResponse(bodyLost()), options) };
  });
  return (request, response) => {
    // A framework that mounts takes the prefix off, which belongs to the relay's address.
    if ('originalUrl' in request && typeof request.originalUrl === 'string') request.url = request.originalUrl;
    const isWhole = handOnBody(request);
    listenersLoaded()
      .then(({ answer, refuse }) => (isWhole ? answer : refuse)(request, response))
      // The package could not be loaded, or the socket broke in mid-answer: either way there is nobody to tell but the peer.
      .catch(() => response.destroy());
  };
}

function bodyLost(): AvatarError {
  return new AvatarError('server-misconfigured', {
    message: 'The request body was read before the avatar route could. Operator: mount the route before the body parser, or see docs/server.md for your framework.',
  });
}
