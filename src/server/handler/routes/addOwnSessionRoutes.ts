import type { z } from 'zod';
import type { AvatarApp, RouteContext } from '../AvatarApp.js';
import { authorizeRead } from '../authorizeRequest.js';
import { toOwnSession, type ownSessionList } from '../ownSessions.js';
import { parseBody, readBody } from '../readBody.js';
import { endOwnRequestSchema } from '../requestBodies.js';

/** What a person does with sessions of which this page has no pass: see them, and end them. */
export function addOwnSessionRoutes(app: AvatarApp, { config, granter }: RouteContext): void {
  const { clock, ledger, log } = config;

  app.get('/sessions', async (context) => {
    const subject = await authorizeRead(config, context.req.raw, null);
    const answer: z.infer<typeof ownSessionList> = { items: (await ledger.liveSessions.list(subject.id)).map(toOwnSession) };
    return context.json(answer);
  });

  app.post('/sessions/end', async (context) => {
    const request = context.req.raw;
    const text = await readBody(request, clock);
    const subject = await authorizeRead(config, request, text);
    const { sessionId } = parseBody(endOwnRequestSchema, text);
    context.set('sessionId', sessionId);
    const ended = await granter.endOwn(subject, sessionId);
    if (ended > 0) log({ level: 'info', event: 'session-end', message: 'A session was ended by its owner.', context: { sessionId } });
    // The same for a name that nobody has, so that nobody learns which names there are.
    return context.body(null, 204);
  });
}
