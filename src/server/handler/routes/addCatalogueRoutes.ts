import { answerCached } from '../answerCached.js';
import { authorizeRead } from '../authorizeRequest.js';
import type { AvatarApp, RouteContext } from '../AvatarApp.js';
import { avatarQuery, knowledgeQuery, voiceQuery } from '../catalogue/catalogueQueries.js';
import { createCatalogue } from '../catalogue/createCatalogue.js';
import { parseQuery } from '../readBody.js';

/** What a page may choose from. Whoever may have a session may see it. */
export function addCatalogueRoutes(app: AvatarApp, { config }: RouteContext): void {
  const catalogue = createCatalogue(config);

  app.get('/catalogue/avatars', async (context) => {
    const subject = await authorizeRead(config, context.req.raw, null);
    const query = parseQuery(avatarQuery, context.req.raw.url);
    return answerCached(context, await catalogue.avatars(query, subject, context.req.raw.signal));
  });

  app.get('/catalogue/voices', async (context) => {
    await authorizeRead(config, context.req.raw, null);
    const query = parseQuery(voiceQuery, context.req.raw.url);
    return answerCached(context, await catalogue.voices(query, context.req.raw.signal));
  });

  app.get('/catalogue/languages', async (context) => {
    await authorizeRead(config, context.req.raw, null);
    return answerCached(context, await catalogue.languages(context.req.raw.signal));
  });

  app.get('/catalogue/knowledge', async (context) => {
    await authorizeRead(config, context.req.raw, null);
    const query = parseQuery(knowledgeQuery, context.req.raw.url);
    return answerCached(context, await catalogue.knowledge(query, context.req.raw.signal));
  });
}
