import { AvatarError } from '../../../errors/AvatarError.js';
import { createOpenApiDocument } from '../../openapi/createOpenApiDocument.js';
import { answerCached } from '../answerCached.js';
import type { AvatarApp, RouteContext } from '../AvatarApp.js';
import { createReadiness } from '../createReadiness.js';
import { isOperator } from '../isOperator.js';
import { noSuchRoute } from '../noSuchRoute.js';
import { trimSlashes } from '../trimSlashes.js';

/** What whoever runs the server asks of it: whether it lives, whether it is of use, and what it does. */
export function addOperatorRoutes(app: AvatarApp, { config, granter }: RouteContext): void {
  const readiness = createReadiness(config, granter.isOpen);
  const { operator } = config;

  // Depends on nothing, so that nobody restarts a server because another one is down.
  app.get('/health', (context) => context.json({ ok: true }));

  app.get('/ready', async (context) => {
    if (await readiness.check()) return context.json({ ok: true });
    throw new AvatarError('not-ready', { message: 'This server takes no sessions at the moment. Try again shortly.' });
  });

  app.get('/metrics', async (context) => {
    if (operator === null) throw noSuchRoute();
    if (await isOperator(context.req.raw, operator.token)) return context.body(await operator.metrics.read(), 200, { 'content-type': operator.metrics.contentType });
    context.header('www-authenticate', 'Bearer');
    throw new AvatarError('not-authorized', { message: 'Show the operator token as a bearer token.' });
  });

  app.get('/openapi.json', async (context) => {
    const serverUrl = trimSlashes(new URL(context.req.raw.url).pathname).slice(0, -'/openapi.json'.length) || '/';
    return answerCached(context, createOpenApiDocument({ serverUrl }));
  });
}
