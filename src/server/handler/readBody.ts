import type { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import { readBoundedText } from '../readBoundedText.js';
import type { ServerClock } from '../serverClock.js';
import { HTTP_STATUS } from './errorResponse.js';
import { readShape, type ShapeError } from '../../shapes/readShape.js';

/** A pass is the largest thing that a body holds. */
const MAX_BODY_BYTES = 16_384;
/** A few kilobytes take no longer on any line on which one could talk. */
const MAX_BODY_MS = 10_000;
/** `text/plain` is what `sendBeacon` and `fetch` make of a text. What a page may send where is for its origin to say, not for the type. */
const BODY_TYPE = /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)(?:\s*;|$)/i;

/**
 * Reads a body as text, within bounds of size and time.
 *
 * @throws `message-too-large`, or `invalid-options` for another type, for one that takes too long, and when the caller hangs up in the
 * middle: anybody can do that.
 */
export async function readBody(request: Request, clock: ServerClock): Promise<string> {
  const { body } = request;
  if (body === null) return '';
  if (!BODY_TYPE.test(request.headers.get('content-type') ?? 'application/json'))
    throw invalid('The request body must be JSON, sent as application/json or text/plain.', 415);
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const timeout = new AbortController();
  const cancelTimeout = clock.schedule(() => timeout.abort(), MAX_BODY_MS);
  try {
    const text = await readBoundedText(body, MAX_BODY_BYTES, timeout.signal);
    if (timeout.signal.aborted) throw invalid(`The request body took longer than ${MAX_BODY_MS / 1_000} s. Send it again.`, 408);
    if (text === null) throw tooLarge();
    return text;
  } catch (cause) {
    throw AvatarError.isInstance(cause) ? cause : invalid('The request body broke off.');
  } finally {
    cancelTimeout();
  }
}

/**
 * Parses a body against its schema; an empty body counts as `{}`.
 *
 * @throws `invalid-options` naming the field at fault, never its value.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw invalid('The request body is no JSON.'); // The syntax error would quote the body.
  }
  const parsed = readShape(schema, body);
  if (parsed.success) return parsed.data;
  const field = fieldOf(parsed.error);
  throw invalid(field === '' ? 'The request body must be a JSON object.' : `The field ${field} of the request body is missing or invalid.`);
}

/**
 * Parses the query of a URL against its schema. A parameter that is empty counts as left out, and one that is unknown is ignored.
 *
 * @throws `invalid-options` naming the parameter at fault, never its value.
 */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, url: string): z.output<Schema> {
  const given = [...new URL(url).searchParams].filter(([, value]) => value !== '');
  const parsed = readShape(schema, Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw invalid(`The query parameter ${fieldOf(parsed.error)} is invalid.`);
}

function fieldOf(error: ShapeError): string {
  return error.issues[0]?.path.join('.') ?? '';
}

function tooLarge(): AvatarError {
  return new AvatarError('message-too-large', { message: `The request body is over ${MAX_BODY_BYTES} bytes.` });
}

function invalid(message: string, status?: number): AvatarError {
  return new AvatarError('invalid-options', { message, ...(status === undefined ? {} : { retryable: status === 408, context: { [HTTP_STATUS]: status } }) });
}
