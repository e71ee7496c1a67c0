import type { IncomingMessage } from 'node:http';

/**
 * Hands the body on that a framework has read already.
 *
 * @returns false when it was read and is kept nowhere.
 */
export function handOnBody(request: IncomingMessage): boolean {
  if (!request.readableDidRead) return true;
  const text = bodyText('body' in request ? request.body : undefined);
  if (text === null) return false;
  // Where @hono/node-server looks for the bytes of a stream that has been read.
  Object.assign(request, { rawBody: Buffer.from(text) });
  return true;
}

function bodyText(body: unknown): string | Uint8Array | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  return JSON.stringify(body);
}
