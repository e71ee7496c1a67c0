import type { Subject } from '../../AvatarServerOptions.js';
import { traced } from '../../traced.js';
import type { RenewalPass } from '../../tickets/ticketClaims.js';
import type { AvatarApp, AvatarContext, RouteContext } from '../AvatarApp.js';
import { authorizeGrant, authorizeRequest, consume } from '../authorizeRequest.js';
import { chooseAvatar } from '../chooseAvatar.js';
import { chooseParts } from '../chooseParts.js';
import type { GrantDestination } from '../createGranter.js';
import { openOwnPass } from '../openOwnPass.js';
import { parseBody, readBody } from '../readBody.js';
import { relayUrlFor } from '../relayUrlFor.js';
import { endRequestSchema, keepRequestSchema, renewRequestSchema, sessionRequestSchema } from '../requestBodies.js';
import type { Route } from '../routeTable.js';

/** What a page does with one session: have it, renew it, keep it, end it. */
export function addSessionRoutes(app: AvatarApp, { config, granter }: RouteContext): void {
  const { clock, log, metrics } = config;

  function destinationOf(context: AvatarContext, route: Route): GrantDestination {
    const origin = context.req.raw.headers.get('origin');
    return { origin, relayUrl: config.relayUrl ?? relayUrlFor(context.req.raw.url, route, origin), signal: context.req.raw.signal };
  }

  async function openOwn(context: AvatarContext, renewal: string, subject: Subject): Promise<RenewalPass> {
    const pass = await openOwnPass(granter, { renewal, origin: context.req.raw.headers.get('origin'), subject });
    context.set('sessionId', pass.sessionId);
    return pass;
  }

  app.post('/session', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request, clock);
    const subject = await authorizeGrant(config, request, text);
    const body = parseBody(sessionRequestSchema, text);
    if (body.sessionId !== undefined) context.set('sessionId', body.sessionId);
    const parts = chooseParts(config, body, subject);
    const service = parts.avatar?.service ?? 'dve';
    const start = () => granter.start({ subject, sessionId: body.sessionId, ...parts }, destinationOf(context, '/session'));
    const grant = await traced('session-grant', { 'visavis.service': service }, start);
    metrics.count('sessionsGranted', { service });
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
    const text = await readBody(request, clock);
    const subject = await authorizeGrant(config, request, text);
    const { renewal, needs, reason } = parseBody(renewRequestSchema, text);
    const pass = await openOwn(context, renewal, subject);
    const avatarId = pass.avatar?.avatarId ?? pass.hosted?.avatarId;
    if (avatarId !== undefined) chooseAvatar(avatarId, null, subject);
    const destination = destinationOf(context, '/session/renew');
    const renew = () => (needs === 'channel' ? granter.renewChannel(pass, destination) : granter.renew(pass, destination));
    const grant = await traced('session-renew', { 'visavis.needs': needs ?? 'all' }, renew);
    log({ level: 'info', event: 'session-renew', message: 'A session was renewed.', context: { sessionId: grant.sessionId, reason } });
    return context.json(grant, 200);
  });

  app.post('/session/keep', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request, clock);
    const subject = await authorizeRequest(config, request, text);
    const { renewal, wants } = parseBody(keepRequestSchema, text);
    const pass = await openOwn(context, renewal, subject);
    const message = 'This session asks too often to be kept. Wait a minute and try again.';
    await consume(config, { key: `keeps:${pass.session}`, points: config.limits.maxKeepsPerMinute, message });
    return context.json(await traced('session-keep', {}, () => granter.keep(pass, wants === 'status')), 200);
  });

  // No authorize here: a page says goodbye with sendBeacon, which carries no headers. The sealed pass is proof enough.
  app.post('/session/end', async (context) => {
    const request = context.req.raw;
    const { renewal } = parseBody(endRequestSchema, await readBody(request, clock));
    const sessionId = await traced('session-end', {}, () => granter.end(renewal, request.headers.get('origin')));
    if (sessionId !== null) log({ level: 'info', event: 'session-end', message: 'A session was ended by its page.', context: { sessionId } });
    return context.body(null, 204);
  });
}
