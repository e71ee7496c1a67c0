import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { answer, pageOf, readBody, refuse } from './reply.js';
import { readShape } from '../../shapes/readShape.js';

const body = z.object({
  name: z.string().max(100).optional(),
  prologue: z.string().max(2_000).optional(),
  prompt: z.string().max(10_000).optional(),
  docs: z.array(z.object({ name: z.string(), url: z.string(), size: z.number() })).optional(),
  urls: z.array(z.string()).optional(),
});

/** `/api/open/v4/knowledge`: list (a bare array, as documented), create, detail, update, delete. */
export function createKnowledgeRoutes(): Hono {
  const app = new Hono();
  const entries = new Map<string, Readonly<Record<string, unknown>>>();
  const missing = 'knowledge does not exist';

  app.get('/list', (context) => {
    const name = context.req.query('name');
    const fitting = [...entries.values()].filter((entry) => name === undefined || entry['name'] === name);
    return answer(context, pageOf(context, fitting, 10));
  });
  app.post('/create', async (context) => {
    const parsed = readShape(body, await readBody(context));
    if (!parsed.success) return refuse(context, AKOOL_API_CODE.badParameter, 'parameter error');
    const entry = { _id: randomBytes(12).toString('hex'), ...parsed.data, create_time: new Date().toISOString() };
    entries.set(entry._id, entry);
    return answer(context, entry);
  });
  app.get('/detail', (context) => {
    const entry = entries.get(context.req.query('id') ?? '');
    return entry ? answer(context, entry) : refuse(context, AKOOL_API_CODE.notFound, missing);
  });
  app.post('/update', async (context) => {
    const { id, ...change } = await readBody(context);
    const entry = entries.get(String(id));
    if (!entry) return refuse(context, AKOOL_API_CODE.notFound, missing);
    const parsed = readShape(body, change);
    if (!parsed.success) return refuse(context, AKOOL_API_CODE.badParameter, 'parameter error');
    entries.set(String(id), { ...entry, ...parsed.data });
    return answer(context, entries.get(String(id)));
  });
  app.delete('/delete', async (context) => {
    const { id } = await readBody(context);
    return entries.delete(String(id)) ? context.json({ code: AKOOL_API_CODE.ok, msg: 'OK' }) : refuse(context, AKOOL_API_CODE.notFound, missing);
  });
  return app;
}
