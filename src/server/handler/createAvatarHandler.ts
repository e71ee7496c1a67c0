import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { isAbort } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarServerOptions, Subject } from '../AvatarServerOptions.js';
import { resolveServerOptions } from '../resolveServerOptions.js';
import { safeLog } from '../safeLog.js';
import type { RenewalPass } from '../tickets/ticketClaims.js';
import { authorizeGrant, authorizeRequest, consume } from './authorizeRequest.js';
import { checkOrigin } from './checkOrigin.js';
import { chooseAvatar } from './chooseAvatar.js';
import { chooseParts } from './chooseParts.js';
import { createGranter } from './createGranter.js';
import { describeCause } from './describeCause.js';
import { errorResponse } from './errorResponse.js';
import { relayUrlFor } from './relayUrlFor.js';
import { endRequestSchema, keepRequestSchema, parseBody, readBody, renewRequestSchema, sessionRequestSchema } from './requestBodies.js';

const ROUTES = ['/session/renew', '/session/keep', '/session/end', '/session', '/health'] as const;
type Route = (typeof ROUTES)[number];

/** As nginx logs it. */
const CLIENT_GONE = 499;

/** Answers one request. Runs wherever `Request` and `Response` exist. */
export interface AvatarHandler {
  (request: Request): Promise<Response>;
  /**
   * Grants nothing more, and closes the sessions that it holds at a vendor, unless a shared ledger leaves them to other instances.
   * Call it when the server stops: what stays open is paid for. Idempotent, never rejects.
   */
  close(): Promise<void>;
}

/**
 * The session route as a web-standard handler. It looks at the end of the path alone, so it mounts under any prefix:
 * `POST …/session`, `POST …/session/renew`, `POST …/session/keep`, `POST …/session/end`, `GET …/health`.
 *
 * @param options shared with `createRelay`; see {@link AvatarServerOptions}.
 * @throws `server-misconfigured` at once when an option is missing or wrong.
 * @example
 * ```ts
 * const handler = createAvatarHandler({
 *   secret: process.env.VISAVIS_SECRET ?? '',
 *   authorize: (request) => userOf(request),
 *   allowedOrigins: ['https://app.example.com'],
 *   akool: { apiKey: process.env.AKOOL_API_KEY ?? '' },
 *   channel: { kind: 'agora', appId: process.env.AGORA_APP_ID ?? '', certificate: process.env.AGORA_APP_CERTIFICATE ?? '' },
 * });
 * createServer(toNodeListener(handler)).listen(8080); // in Next.js make it at the first request: see docs/nextjs.md
 * ```
 */
export function createAvatarHandler(options: AvatarServerOptions): AvatarHandler {
  const config = resolveServerOptions(options);
  const log = safeLog(config.log);
  const granter = createGranter({ ...config, log });
  const app = new Hono({ getPath: (request) => routeOf(request) ?? '/' });

  app.use('*', async (context, next) => {
    checkOrigin(context.req.raw.headers, config.allowedOrigins);
    granter.touch();
    await next();
    context.header('cache-control', 'no-store');
  });
  app.use(
    '*',
    cors({
      origin: (origin) => (config.allowedOrigins.has(origin) ? origin : null),
      allowMethods: ['GET', 'POST'],
      credentials: true,
      maxAge: 600,
    }),
  );

  const destinationOf = (request: Request, route: Route) => {
    const origin = request.headers.get('origin');
    return { origin, relayUrl: config.relayUrl ?? relayUrlFor(request.url, route, origin), signal: request.signal };
  };

  /** @throws `not-authorized` for the session of somebody else. */
  async function openOwn(renewal: string, origin: string | null, subject: Subject): Promise<RenewalPass> {
    const pass = await granter.openRenewal(renewal, origin);
    if (pass.subject === subject.id) return pass;
    throw new AvatarError('not-authorized', { message: 'This session belongs to somebody else. Start a new one.' });
  }

  app.get('/health', (context) => context.json({ ok: true }));

  app.post('/session', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request);
    const subject = await authorizeGrant(config, request, text);
    const body = parseBody(sessionRequestSchema, text);
    const parts = chooseParts(config, body, subject);
    const grant = await granter.start({ subject, sessionId: body.sessionId, ...parts }, destinationOf(request, '/session'));
    log({
      level: 'info',
      event: 'session-grant',
      message: 'A session was granted.',
      context: { sessionId: grant.sessionId, service: parts.avatar?.service, avatarId: parts.avatar?.avatarId, assistantId: parts.voice?.assistantId },
    });
    return context.json(grant, 201);
  });

  app.post('/session/renew', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request);
    const subject = await authorizeGrant(config, request, text);
    const { renewal, needs, reason } = parseBody(renewRequestSchema, text);
    const destination = destinationOf(request, '/session/renew');
    const pass = await openOwn(renewal, destination.origin, subject);
    const avatarId = pass.avatar?.avatarId ?? pass.hosted?.avatarId;
    if (avatarId !== undefined) chooseAvatar(avatarId, null, subject);
    const grant = await (needs === 'channel' ? granter.renewChannel(pass, destination) : granter.renew(pass, destination));
    log({ level: 'info', event: 'session-renew', message: 'A session was renewed.', context: { sessionId: grant.sessionId, reason } });
    return context.json(grant, 200);
  });

  app.post('/session/keep', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request);
    const subject = await authorizeRequest(config, request, text);
    const { renewal, wants } = parseBody(keepRequestSchema, text);
    const pass = await openOwn(renewal, request.headers.get('origin'), subject);
    const message = 'This session asks too often to be kept. Wait a minute and try again.';
    await consume(config, { key: `keeps:${pass.session}`, points: config.limits.maxKeepsPerMinute, message });
    return context.json(await granter.keep(pass, wants === 'status'), 200);
  });

  // No authorize here: a page says goodbye with sendBeacon, which carries no headers. The sealed pass is proof enough.
  app.post('/session/end', async (context) => {
    const { renewal } = parseBody(endRequestSchema, await readBody(context.req.raw));
    await granter.end(renewal, context.req.raw.headers.get('origin'));
    return context.body(null, 204);
  });

  app.notFound((context) => {
    const isKnown = routeOf(context.req.raw) !== null;
    const message = isKnown ? 'This route takes another method.' : 'There is no such route. Try POST …/session.';
    return errorResponse(new AvatarError('invalid-options', { message }), isKnown ? 405 : 404);
  });

  app.onError((cause, context) => {
    // Whoever asked is gone: there is nobody to answer, and nothing went wrong.
    if (context.req.raw.signal.aborted && isAbort(cause)) return new Response(null, { status: CLIENT_GONE });
    const error = AvatarError.isInstance(cause)
      ? cause
      : new AvatarError('server-misconfigured', { message: 'The server failed unexpectedly. Operator: see the server log.', retryable: true });
    const response = errorResponse(error, AvatarError.isInstance(cause) ? undefined : 500);
    log({
      level: response.status >= 500 ? 'error' : 'warn',
      event: 'request-fail',
      message: error.message,
      context: { ...error.context, reason: error.reason, status: response.status, route: routeOf(context.req.raw), cause: describeCause(cause) },
    });
    return response;
  });

  return Object.assign(async (request: Request) => app.fetch(request), { close: () => granter.close() });
}

/** The route at the end of a request's path; null when there is none. */
function routeOf(request: Request): Route | null {
  const path = new URL(request.url).pathname.replace(/\/+$/, '');
  return ROUTES.find((route) => path.endsWith(route)) ?? null;
}
