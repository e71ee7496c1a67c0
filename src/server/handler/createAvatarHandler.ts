import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { isAbort } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarServerOptions } from '../AvatarServerOptions.js';
import { resolveServerOptions } from '../resolveServerOptions.js';
import { safeLog } from '../safeLog.js';
import type { AvatarApp, AvatarContext, RouteContext } from './AvatarApp.js';
import { checkOrigin } from './checkOrigin.js';
import { countLedgerFailures } from './countLedgerFailures.js';
import { createGranter } from './createGranter.js';
import { describeCause } from './describeCause.js';
import { errorResponse } from './errorResponse.js';
import { noSuchRoute } from './noSuchRoute.js';
import { addCatalogueRoutes } from './routes/addCatalogueRoutes.js';
import { addOperatorRoutes } from './routes/addOperatorRoutes.js';
import { addOwnSessionRoutes } from './routes/addOwnSessionRoutes.js';
import { addSessionRoutes } from './routes/addSessionRoutes.js';
import { allowOf, routeOf } from './routeTable.js';

/** As nginx logs it. */
const CLIENT_GONE = 499;
const NOT_ALLOWED = 405;

/** Answers one request. Runs wherever `Request` and `Response` exist. */
export interface AvatarHandler {
  (request: Request): Promise<Response>;
  /**
   * Looks for sessions at a vendor that nobody keeps and closes them, from here on. Each request does so too; after a crash none may come
   * for a while. {@link toNodeListener} calls it; some other platforms allow no timer before a request. Idempotent.
   */
  watch(): void;
  /**
   * Starts no more sessions, and says so on `GET …/ready`; those that go on are renewed, kept and ended as before. Call it when the
   * server is about to stop, so that a balancer sends nothing new here, and `close` at the end. Idempotent.
   */
  drain(): void;
  /**
   * Grants nothing more, and closes the sessions that it holds at a vendor, unless a shared ledger leaves them to other instances.
   * Call it when the server stops: what stays open is paid for. Idempotent, never rejects.
   */
  close(): Promise<void>;
}

/**
 * The session route as a web-standard handler. It looks at the end of the path alone, so it mounts under any prefix:
 * `POST …/session`, `…/session/renew`, `…/session/keep`, `…/session/end`, `…/sessions/end`; `GET …/sessions`, `…/catalogue/avatars`,
 * `…/catalogue/voices`, `…/catalogue/languages`, `…/catalogue/knowledge`, `…/health`, `…/ready`, `…/metrics`, `…/openapi.json`.
 * {@link createOpenApiDocument} describes them.
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
  const resolved = resolveServerOptions(options);
  const config = { ...resolved, log: safeLog(resolved.log), ledger: countLedgerFailures(resolved.ledger, resolved.metrics) };
  const granter = createGranter(config);
  const app = createApp({ config, granter });

  async function handle(request: Request): Promise<Response> {
    const startedAt = config.clock.now();
    const response = await app.fetch(request);
    const route = routeOf(request) ?? 'none';
    config.metrics.count('requests', { route, status: response.status });
    config.metrics.observe('request', { route }, config.clock.now() - startedAt);
    return response;
  }
  return Object.assign(handle, { watch: () => granter.touch(), drain: () => granter.drain(), close: () => granter.close() });
}

function createApp(routes: RouteContext): AvatarApp {
  const { config, granter } = routes;
  const app: AvatarApp = new Hono({ getPath: (request) => routeOf(request) ?? '/' });

  app.use('*', async (context, next) => {
    checkOrigin(context.req.raw.headers, config.allowedOrigins);
    granter.touch();
    await next();
    // Nothing that holds a credential is kept by anybody; what may be kept says so itself.
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
  });
  app.use(
    '*',
    cors({
      origin: (origin) => (config.allowedOrigins.has(origin) ? origin : null),
      allowMethods: ['GET', 'POST'],
      exposeHeaders: ['Retry-After'],
      credentials: true,
      maxAge: 600,
    }),
  );

  addSessionRoutes(app, routes);
  addOwnSessionRoutes(app, routes);
  addCatalogueRoutes(app, routes);
  addOperatorRoutes(app, routes);

  app.notFound((context) => {
    const route = routeOf(context.req.raw);
    if (route === null) return errorResponse(noSuchRoute());
    const message = `This route takes ${allowOf(route)}.`;
    return errorResponse(new AvatarError('invalid-options', { message }), { status: NOT_ALLOWED, allow: allowOf(route) });
  });
  app.onError((cause, context) => refuse(routes, cause, context));
  return app;
}

function refuse({ config }: RouteContext, cause: unknown, context: AvatarContext): Response {
  // Whoever asked is gone: there is nobody to answer, and nothing went wrong.
  if (context.req.raw.signal.aborted && isAbort(cause)) return new Response(null, { status: CLIENT_GONE });
  const isOurs = AvatarError.isInstance(cause);
  const error = isOurs ? cause : new AvatarError('server-misconfigured', { message: 'The server failed unexpectedly. Operator: see the server log.', retryable: true });
  const response = errorResponse(error, isOurs ? {} : { status: 500 });
  config.log({
    level: response.status >= 500 ? 'error' : 'warn',
    event: 'request-fail',
    message: error.message,
    context: {
      sessionId: context.get('sessionId'),
      ...error.context,
      reason: error.reason,
      status: response.status,
      route: routeOf(context.req.raw),
      cause: describeCause(cause),
    },
  });
  return response;
}
