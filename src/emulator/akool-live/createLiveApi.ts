import { Hono } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { createCatalogRoutes } from './createCatalogRoutes.js';
import { createChatRoomRoutes } from './createChatRoomRoutes.js';
import { createGate, type GateOptions } from './createGate.js';
import type { LiveSessions } from './createLiveSessions.js';
import { createKnowledgeRoutes } from './createKnowledgeRoutes.js';
import { refuse } from './reply.js';
import { createSessionRoutes } from './createSessionRoutes.js';

export interface LiveApiOptions extends GateOptions {
  readonly sessions: LiveSessions;
  /** Where chat rooms would be, `ws:`. */
  readonly chatRoomUrl: string;
}

/** Akool's REST API as far as hosted avatars go: the vendor's paths, its envelope and its codes. */
export function createLiveApi({ sessions, chatRoomUrl, ...gateOptions }: LiveApiOptions): Hono {
  const gate = createGate(gateOptions);
  const app = new Hono();
  app.use('/api/*', gate.stumble);
  app.post('/api/open/v3/getToken', gate.issueToken);
  app.use('/api/*', gate.admit);
  app.route('/api/open/v4/liveAvatar/session', createSessionRoutes(sessions));
  app.route('/api/open/v3/liveAvatar/session', createChatRoomRoutes(chatRoomUrl));
  app.route('/api/open/v4/knowledge', createKnowledgeRoutes());
  app.route('/', createCatalogRoutes());
  app.all('/*', (context) => refuse(context, AKOOL_API_CODE.notFound, `There is no ${context.req.method} ${context.req.path} in the emulator.`));
  return app;
}
