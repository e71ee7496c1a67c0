import { Hono } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { createCatalogRoutes } from './createCatalogRoutes.js';
import { createChatRoomRoutes, type ChatRoomRoutesOptions } from './createChatRoomRoutes.js';
import { createGate, type GateOptions } from './createGate.js';
import { createKnowledgeRoutes } from './createKnowledgeRoutes.js';
import { refuse } from './reply.js';
import { createSessionRoutes } from './createSessionRoutes.js';

export type LiveApiOptions = GateOptions & ChatRoomRoutesOptions;

/** Akool's REST API as far as hosted avatars go: the vendor's paths, its envelope and its codes. */
export function createLiveApi(options: LiveApiOptions): Hono {
  const gate = createGate(options);
  const app = new Hono();
  app.use('/api/*', gate.stumble);
  app.post('/api/open/v3/getToken', gate.issueToken);
  app.use('/api/*', gate.admit);
  app.route('/api/open/v4/liveAvatar/session', createSessionRoutes(options.sessions));
  app.route('/api/open/v3/liveAvatar/session', createChatRoomRoutes(options));
  app.route('/api/open/v4/knowledge', createKnowledgeRoutes());
  app.route('/', createCatalogRoutes());
  app.all('/*', (context) => refuse(context, AKOOL_API_CODE.notFound, `There is no ${context.req.method} ${context.req.path} in the emulator.`));
  return app;
}
