import type { AvatarContext } from './AvatarApp.js';

/**
 * A body that its reader may keep, but asks about each time: whether it may still be seen is found out anew, and only what has changed
 * is sent.
 */
export async function answerCached(context: AvatarContext, value: unknown): Promise<Response> {
  const text = JSON.stringify(value);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const etag = `"${Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
  const headers = { 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie', etag };
  // A proxy that compresses makes the tag a weak one.
  const known = (context.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag)) return context.body(null, 304, headers);
  return context.body(text, 200, { ...headers, 'content-type': 'application/json' });
}
