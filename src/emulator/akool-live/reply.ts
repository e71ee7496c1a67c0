import type { Context } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';

/** A good answer, as the vendor gives it. */
export function answer(context: Context, data: unknown): Response {
  return context.json({ code: AKOOL_API_CODE.ok, msg: 'OK', data });
}

/** A bad one: the code is in the body, and HTTP says that all is well. */
export function refuse(context: Context, code: number, msg: string): Response {
  return context.json({ code, msg });
}

/** The body as an object; empty when it is none. */
export async function readBody(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await context.req.json().catch(() => null);
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Readonly<Record<string, unknown>>) // checked on the line above
    : {};
}

/** One page of a list by the request's `page` and `size`. */
export function pageOf<Item>(context: Context, items: readonly Item[], defaultSize: number): readonly Item[] {
  const page = Math.max(1, Number(context.req.query('page')) || 1);
  const size = Math.min(100, Math.max(1, Number(context.req.query('size')) || defaultSize));
  return items.slice((page - 1) * size, page * size);
}
