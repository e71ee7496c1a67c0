import type { z } from 'zod';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { readBoundedText } from '../readBoundedText.js';
import type { ServerClock } from '../serverClock.js';
import { errorOfCode, errorOfStatus } from './apiError.js';
import { readShape } from '../../shapes/readShape.js';

const MAX_BODY_BYTES = 8 * 1_048_576;
const MAX_VENDOR_MESSAGE = 200;

export interface TransportOptions {
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: ServerClock;
  readonly timeoutMs: number;
  /** Never to be seen in an error. */
  readonly secrets: () => readonly string[];
}

export interface TransportRequest<Answer> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base, with a leading slash. */
  readonly path: string;
  /** Names and values of the query; undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** JSON; undefined fields are left out. */
  readonly body?: unknown;
  /** Further secrets that this request holds. */
  readonly secrets?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the whole body, the code having been checked. */
  readonly answer: z.ZodType<Answer>;
  readonly signal?: AbortSignal | undefined;
}

/** Carries one call to the vendor and back. */
export interface Transport {
  /** @throws AvatarError by the code of the body; `avatar-timeout`, `avatar-unreachable`, `message-invalid`; or the abort reason. */
  send<Answer>(request: TransportRequest<Answer>): Promise<Answer>;
}

/** Makes a transport that lets no secret into an error and no request outlive its time. */
export function createTransport({ baseUrl, fetch, clock, timeoutMs, secrets }: TransportOptions): Transport {
  const clean = (text: string, more: readonly string[] = []) =>
    [...secrets(), ...more].reduce((result, secret) => result.replaceAll(secret, '***'), text).slice(0, MAX_VENDOR_MESSAGE);

  /** The status and the text, both read within the time. */
  async function exchange(request: TransportRequest<unknown>, operation: string): Promise<{ status: number; text: string }> {
    const { method, path, query = {}, body, headers, signal } = request;
    const url = new URL(baseUrl.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const timeout = new AbortController();
    const cancelTimeout = clock.schedule(() => timeout.abort(), timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect would carry the key to wherever it points.
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
      });
      const text = await readBoundedText(response.body, MAX_BODY_BYTES);
      if (text === null) throw unreadable(operation, { tooLarge: true });
      return { status: response.status, text };
    } catch (cause) {
      if (AvatarError.isInstance(cause)) throw cause;
      if (signal?.aborted) throw abortReason(signal);
      if (timeout.signal.aborted) {
        throw new AvatarError('avatar-timeout', { message: `The avatar service did not answer within ${timeoutMs / 1000} s. Try again shortly.`, context: { operation } });
      }
      // Without the cause: its message can hold the address and, of a bad header, its value.
      throw new AvatarError('avatar-unreachable', { message: 'The avatar service cannot be reached. Check the network and baseUrl, then try again.', context: { operation } });
    } finally {
      cancelTimeout();
    }
  }

  return {
    async send(request) {
      const operation = `${request.method} ${request.path}`;
      const { status, text } = await exchange(request, operation);
      const body = parseJson(text);
      const { code, msg } = headOf(body);
      if (code !== null && code !== AKOOL_API_CODE.ok) throw errorOfCode(code, operation, clean(msg, request.secrets));
      const statusError = errorOfStatus(status, operation);
      if (statusError) throw statusError;
      if (code === null) throw unreadable(operation, { status });
      const parsed = readShape(request.answer, body);
      if (!parsed.success) throw unreadable(operation, { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      return parsed.data;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Its status tells more than its syntax.
  }
}

/** The code may come as a text of digits. */
function headOf(body: unknown): { readonly code: number | null; readonly msg: string } {
  if (typeof body !== 'object' || body === null || !('code' in body)) return { code: null, msg: '' };
  const code = typeof body.code === 'string' && body.code !== '' ? Number(body.code) : body.code;
  return { code: typeof code === 'number' && Number.isInteger(code) ? code : null, msg: 'msg' in body && typeof body.msg === 'string' ? body.msg : '' };
}

function unreadable(operation: string, context: AvatarError['context']): AvatarError {
  return new AvatarError('message-invalid', {
    message: 'The avatar service answered in a shape that this version cannot read. Check baseUrl; a newer version may be needed.',
    context: { operation, ...context },
  });
}
