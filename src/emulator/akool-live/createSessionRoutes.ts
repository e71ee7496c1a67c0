import { Hono } from 'hono';
import { z } from 'zod';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import type { LiveSessions } from './createLiveSessions.js';
import { answer, pageOf, readBody, refuse } from './reply.js';
import { readShape } from '../../shapes/readShape.js';

const createBody = z.object({
  avatar_id: z.string().min(1),
  duration: z.number().min(1).max(3_600).optional(),
  mode_type: z.int().min(1).max(3).default(2),
  scene_mode: z.string().optional(),
  e2e_type: z.string().optional(),
  voice_params: z.object({ speed: z.number().min(0.8).max(1.2).optional() }).loose().optional(),
  stream_type: z.enum(['agora', 'livekit', 'trtc']).default('agora'),
  credentials: z.record(z.string(), z.unknown()).optional(),
});

/** `/api/open/v4/liveAvatar/session`: create, detail, close, list. */
export function createSessionRoutes(sessions: LiveSessions): Hono {
  const app = new Hono();

  app.post('/create', async (context) => {
    const parsed = readShape(createBody, await readBody(context));
    if (!parsed.success) return refuse(context, AKOOL_API_CODE.badParameter, `parameter error: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
    const { avatar_id, duration, mode_type, stream_type, credentials = null, e2e_type, scene_mode } = parsed.data;
    if (e2e_type !== undefined && scene_mode !== 'fast_dialogue') return refuse(context, AKOOL_API_CODE.badParameter, 'e2e_type needs scene_mode fast_dialogue');
    if (stream_type !== 'agora' && credentials === null) return refuse(context, AKOOL_API_CODE.badParameter, `the emulator has no rooms of ${stream_type}: give credentials`);
    const wish = { avatarId: avatar_id, durationMs: duration === undefined ? null : duration * 1_000, mode: mode_type, streamType: stream_type, credentials, chatRoom: null };
    return answer(context, sessions.create(wish).describe());
  });

  app.get('/detail', (context) => {
    const session = sessions.find(context.req.query('id') ?? '');
    if (!session) return refuse(context, AKOOL_API_CODE.sessionNotFound, 'session does not exist');
    return session.closed ? refuse(context, AKOOL_API_CODE.sessionClosed, 'session is closed') : answer(context, session.describe());
  });

  app.post('/close', async (context) => {
    // A body with `session_id`, as one sample of the vendor has it, closes nothing.
    const { id } = await readBody(context);
    if (typeof id !== 'string') return refuse(context, AKOOL_API_CODE.badParameter, 'id is required');
    const session = sessions.find(id);
    if (!session) return refuse(context, AKOOL_API_CODE.sessionNotFound, 'session does not exist');
    if (session.closed) return refuse(context, AKOOL_API_CODE.sessionClosed, 'session is closed');
    session.close();
    return context.json({ code: AKOOL_API_CODE.ok, msg: 'OK' });
  });

  app.get('/list', (context) => {
    const wanted = context.req.query('status');
    const fitting = sessions.list().filter((session) => !session.closed).map((session) => session.describe()).filter(({ status }) => wanted === undefined || status === Number(wanted));
    const result = pageOf(context, fitting, 100).map(({ credentials: _credentials, ...rest }) => rest);
    return answer(context, { count: fitting.length, result });
  });
  return app;
}
